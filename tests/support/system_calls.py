"""Numbers of system calls, from the kernel's own headers (asm/unistd_64.h, asm-generic/unistd.h), not from libseccomp.

So a call that is taken out of the policy, or that libseccomp takes for another, is missed here. Each is a name,
the number on x86_64 and the number on aarch64, or a dash where that has none of the name.
"""

from typing import Final

Numbers = dict[str, dict[str, int]]


def _table(text: str) -> Numbers:
    rows = [row.split() for row in text.replace("\n", " ").split(",")]
    return {
        name: {machine: int(n) for machine, n in (("x86_64", x86_64), ("aarch64", aarch64)) if n != "-"}
        for name, x86_64, aarch64 in rows
    }


# Refused with EPERM, whatever their arguments.
DENIED: Final = _table("""
mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51, open_tree 428 428, move_mount 429 429,
fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433, mount_setattr 442 442, open_tree_attr 467 467,
unshare 272 97, setns 308 268, statmount 457 457, listmount 458 458, ustat 136 -, sysfs 139 -,
open_by_handle_at 304 265, name_to_handle_at 303 264, file_setattr 469 469, ptrace 101 117,
process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440, process_mrelease 448 448,
pidfd_getfd 438 438, kcmp 312 272, bpf 321 280, perf_event_open 298 241, uretprobe 335 -, uprobe 336 -,
lookup_dcookie 212 18, io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427,
userfaultfd 323 282, keyctl 250 219, add_key 248 217, request_key 249 218, splice 275 76, vmsplice 278 75,
tee 276 77, fanotify_init 300 262, fanotify_mark 301 263, inotify_init 253 -, inotify_init1 294 26,
inotify_add_watch 254 27, cachestat 451 451, memfd_secret 447 447, seccomp 317 277, lsm_set_self_attr 460 460,
landlock_create_ruleset 444 444, landlock_add_rule 445 445, landlock_restrict_self 446 446,
sched_setscheduler 144 119, sched_setparam 142 118, sched_setattr 314 274, sched_setaffinity 203 122,
ioprio_set 251 30, mbind 237 235, move_pages 279 239, migrate_pages 256 238, set_mempolicy 238 237,
set_mempolicy_home_node 450 450, clock_settime 227 112, clock_adjtime 305 266, settimeofday 164 170,
adjtimex 159 171, kexec_load 246 104, kexec_file_load 320 294, init_module 175 105, finit_module 313 273,
delete_module 176 106, create_module 174 -, query_module 178 -, reboot 169 142, swapon 167 224, swapoff 168 225,
quotactl 179 60, quotactl_fd 443 443, acct 163 89, syslog 103 116, vhangup 153 58, sethostname 170 161,
setdomainname 171 162, nfsservctl 180 42, _sysctl 156 -, iopl 172 -, ioperm 173 -, modify_ldt 154 -,
uselib 134 -
""")

# Refused with ENOSYS.
ABSENT: Final = _table("""
io_setup 206 0,
clone3 435 435
""")

# Refused for some arguments.
CONDITIONAL: Final = _table("""
clone 56 220, fcntl 72 25, ioctl 16 29, mknod 133 -, mknodat 259 33, personality 135 92,
prctl 157 167, prlimit64 302 261, setrlimit 160 164, setsockopt 54 208, socket 41 198, socketpair 53 199
""")

# What programs live on: never refused.
ORDINARY: Final = _table("""
read 0 63, write 1 64, openat 257 56, close 3 57, fstat 5 80, lseek 8 62, mmap 9 222, mprotect 10 226,
munmap 11 215, brk 12 214, rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, pread64 17 67,
pipe2 293 59, pipe 22 -, select 23 -, poll 7 -, epoll_create1 291 20, epoll_pwait 281 22, epoll_pwait2 441 441,
sched_yield 24 124, sched_getaffinity 204 123, sched_getscheduler 145 120, madvise 28 233, mremap 25 216,
msync 26 227, mincore 27 232, dup3 292 24, nanosleep 35 101, getpid 39 172, sendfile 40 71,
copy_file_range 326 285, connect 42 203, accept4 288 242, bind 49 200, listen 50 201, sendto 44 206,
recvfrom 45 207, sendmsg 46 211, recvmsg 47 212, shutdown 48 210, getsockopt 55 209,
fork 57 -, vfork 58 -, execve 59 221, execveat 322 281, exit 60 93, exit_group 231 94, wait4 61 260,
waitid 247 95, kill 62 129, tgkill 234 131, uname 63 160, flock 73 32, fsync 74 82, ftruncate 77 46,
getdents64 217 61, getcwd 79 17, chdir 80 49, fchdir 81 50, renameat2 316 276, mkdirat 258 34, unlinkat 263 35,
symlinkat 266 36, linkat 265 37, fchmodat 268 53, fchownat 260 54, umask 95 166, gettimeofday 96 169,
clock_gettime 228 113, clock_getres 229 114, clock_nanosleep 230 115, getrlimit 97 163, getrusage 98 165,
sysinfo 99 179, times 100 153, getuid 102 174, setsid 112 157, setpgid 109 154, getpriority 140 141,
setpriority 141 140, statfs 137 43, futex 202 98, futex_waitv 449 449, set_robust_list 273 99, rseq 334 293,
set_tid_address 218 96, arch_prctl 158 -, memfd_create 319 279, eventfd2 290 19,
signalfd4 289 74, timerfd_create 283 85, getrandom 318 278, statx 332 291, close_range 436 436, openat2 437 437,
faccessat2 439 439, pidfd_open 434 434, pidfd_send_signal 424 424, shmget 29 194, semget 64 190, msgget 68 186,
mq_open 240 180, mlock 149 228, mlockall 151 230, pkey_alloc 330 289, membarrier 324 283, fallocate 285 47,
utimensat 280 88, fgetxattr 193 10, setxattr 188 5, sync 162 81, fadvise64 221 223,
get_mempolicy 239 236, ioprio_get 252 31, capget 125 90, capset 126 91
""")
