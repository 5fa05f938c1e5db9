"""What a program tries to reach: files and processes of the host, the kernel, other namespaces, the network.

Each attack is one program that makes several attempts and says of each whether it got what it wanted. In a sandbox it
gets nothing; in a throw-away namespace, where nothing holds it, it gets what is listed, so that each attempt is known to
be one. What no ordinary user can do anywhere has no control: it is marked by its absence from that list.
"""

import asyncio
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.support import system_calls
from tests.support.sandboxes import Sandboxes
from tests.support.throwaway import unheld

from snakepen.api import server
from snakepen.wire.run import RunStatus

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

_CALLS = {
    name: numbers[platform.machine()]
    for name, numbers in (
        system_calls.DENIED | system_calls.ABSENT | system_calls.CONDITIONAL | system_calls.ORDINARY
    ).items()
    if platform.machine() in numbers
}

HEAD = f"""
import ctypes, errno, fcntl, os, resource, signal, socket, struct, sys, time
CALLS = {_CALLS!r}
libc = ctypes.CDLL(None, use_errno=True)

def call(name, *arguments):
    plain = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(CALLS[name]), *plain)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def in_child(act):
    '''Its result, and nothing that it changed: raises OSError when it does.'''
    pid = os.fork()
    if pid == 0:
        code = 255
        try:
            act()
            code = 0
        except OSError as error:
            code = error.errno or 255
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code:
        raise OSError(code, os.strerror(code) if code > 0 else 'killed')

def attempt(name, act, *arguments):
    try:
        got = act(*arguments)
    except (Exception, SystemExit) as error:
        print('held', name.replace(' ', '_'), type(error).__name__, getattr(error, 'errno', ''), flush=True)
    else:
        print('got', name.replace(' ', '_'), str(got)[:60].replace(chr(10), ' '), flush=True)

def read(path):
    with open(path, 'rb', buffering=0) as file:
        return file.read(100)

def write(path, data=b'1'):
    with open(path, 'wb', buffering=0) as file:
        file.write(data)
"""


@dataclass(frozen=True)
class Attack:
    """One row or several of the list of hostile programs."""

    rows: str
    attempts: str
    works: str
    """The attempts that succeed where nothing holds the program, by their names."""


NAMESPACES = "(('mnt', 0x20000), ('cgroup', 0x2000000), ('uts', 0x4000000), ('ipc', 0x8000000), ('user', 0x10000000), ('pid', 0x20000000), ('net', 0x40000000))"

ATTACKS = {
    "files of the host": Attack(
        "56",
        """
for name, path in (('canary', CANARY), ('shadow', '/etc/shadow'), ('source', SOURCE), ('root home', '/root/.bashrc'),
                   ('docker', '/var/run/docker.sock'), ('boot', '/boot'), ('ssh', '/etc/ssh/sshd_config'), ('opt', '/opt'),
                   ('srv', '/srv'), ('machine id', '/etc/machine-id'), ('var', '/var/log'), ('home', '/home'), ('sys', '/sys/kernel')):
    attempt(name, os.listdir if os.path.isdir(path) else read, path)
""",
        "canary sys",
    ),
    "writing to the host's files": Attack(
        "56",
        """
for path in ('/', '/etc', '/usr', '/usr/bin', '/usr/lib', '/bin', '/dev', os.path.dirname(sys.executable), os.path.dirname(os.__file__), CANARY_FOLDER):
    attempt('a file in ' + path, lambda path=path: write(os.path.join(path, 'left-behind')))
    attempt('chmod of ' + path, lambda path=path: os.chmod(path, 0o777))
attempt('the interpreter', lambda: os.close(os.open(sys.executable, os.O_WRONLY)))
attempt('a library', lambda: os.close(os.open(os.__file__, os.O_WRONLY)))
""",
        "a_file_in_@CANARY_FOLDER",
    ),
    "the processes around it": Attack(
        "57",
        """
for name in ('environ', 'mem', 'maps', 'fd/0', 'root', 'cwd', 'exe', 'auxv', 'map_files', 'ns/pid'):
    path = '/proc/1/' + name
    attempt('init ' + name, os.listdir if name == 'map_files' else os.readlink if name in ('fd/0', 'root', 'cwd', 'exe', 'ns/pid') else read, path)
attempt('init memory', lambda: os.pread(os.open('/proc/1/mem', os.O_RDWR), 1, int(open('/proc/1/maps').read().split('-')[0], 16)))
attempt('others', lambda: [n for n in os.listdir('/proc') if n.isdigit() and int(n) not in (1, os.getpid())][0])
attempt('own memory', lambda: os.close(os.open('/proc/self/mem', os.O_WRONLY)))
attempt('own interpreter', lambda: os.close(os.open('/proc/self/exe', os.O_WRONLY)))
attempt('above the root', lambda: read('/proc/self/root/../../../../etc/hostname_of_the_host'))
attempt('a folder of who started it', lambda: [os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd') if int(n) > 2 and os.path.isdir(f'/proc/self/fd/{n}') and os.readlink(f'/proc/self/fd/{n}') == '/'][0])
""",
        "init_environ init_maps init_fd/0 init_root init_cwd init_exe init_memory own_memory a_folder_of_who_started_it",
    ),
    "switches of the kernel": Attack(
        "58",
        """
for path in ('/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger', '/proc/sys/kernel/hostname', '/proc/sys/vm/overcommit_memory',
             '/proc/sys/net/ipv4/ip_forward', '/proc/sys/user/max_user_namespaces', '/sys/kernel/mm/transparent_hugepage/enabled',
             '/sys/fs/cgroup/cgroup.procs', '/sys/fs/cgroup/memory/tasks', '/sys/fs/cgroup/memory/memory.limit_in_bytes'):
    attempt(path, write, path)
attempt('first to be spared', write, '/proc/self/oom_score_adj', b'-1000')
attempt('spared more', lambda: write('/proc/self/oom_score_adj', b'%d' % (int(read('/proc/self/oom_score_adj')) - 1)))
attempt('coredump filter', write, '/proc/self/coredump_filter', b'0x7f')
attempt('timer slack', write, '/proc/self/timerslack_ns', b'1')
attempt('login uid', write, '/proc/self/loginuid', b'0')
attempt('comm', write, '/proc/self/comm', b'init')
for name in ('kallsyms', 'kcore', 'keys', 'config.gz', 'cmdline', 'meminfo', 'mounts/../meminfo', 'bus', 'irq', 'fs', 'sys'):
    attempt('proc ' + name, lambda name=name: os.listdir('/proc/' + name) if os.path.isdir('/proc/' + name) else read('/proc/' + name))
""",
        "/proc/sys/net/ipv4/ip_forward coredump_filter comm timer_slack proc_meminfo proc_cmdline proc_sys proc_irq proc_fs",
    ),
    "devices": Attack(
        "59",
        """
attempt('a device', lambda: os.mknod('device', 0o600 | 0o020000, os.makedev(0, 0)))
attempt('a memory device', lambda: os.mknod('mem', 0o600 | 0o020000, os.makedev(1, 1)))
attempt('a disk', lambda: os.mknod('disk', 0o600 | 0o060000, os.makedev(8, 0)))
for name in ('mem', 'kmem', 'port', 'kmsg', 'kvm', 'fuse', 'net/tun', 'sda', 'vda', 'nvme0n1', 'loop0', 'loop-control', 'mapper/control', 'vhost-net',
             'vsock', 'uinput', 'input/event0', 'dri/card0', 'rtc0', 'watchdog', 'hpet', 'snapshot', 'userfaultfd', 'console', 'tty', 'tty0', 'ttyS0'):
    attempt('dev ' + name, lambda name=name: os.close(os.open('/dev/' + name, os.O_RDWR)))
attempt('disks', lambda: [n for n in os.listdir('/dev') if n.startswith(('sd', 'vd', 'nvme', 'loop', 'dm-'))][0])
""",
        "a_device",
    ),
    "mounts": Attack(
        "60",
        """
os.mkdir('mine')
attempt('a tmpfs', lambda: in_child(lambda: call('mount', b'tmpfs', b'mine', b'tmpfs', 0, 0)))
attempt('bind over', lambda: in_child(lambda: call('mount', b'/usr', b'mine', 0, 4096, 0)))
attempt('move to bin', lambda: in_child(lambda: call('mount', b'mine', b'/usr/bin', 0, 4096, 0)))
attempt('a procfs', lambda: in_child(lambda: call('mount', b'proc', b'mine', b'proc', 0, 0)))
attempt('writable again', lambda: in_child(lambda: call('mount', 0, b'/usr', 0, 32 | 4096, 0)))
attempt('unmount', lambda: in_child(lambda: call('umount2', b'/proc', 2)))
attempt('unmount the shared memory', lambda: in_child(lambda: call('umount2', b'/dev/shm', 2)))
attempt('shared', lambda: in_child(lambda: call('mount', 0, b'/', 0, 1 << 20, 0)))
attempt('fsopen', lambda: os.close(call('fsopen', b'tmpfs', 0)))
attempt('open_tree', lambda: os.close(call('open_tree', -100, b'/usr', 1)))
attempt('fspick', lambda: os.close(call('fspick', -100, b'/tmp', 0)))
attempt('mount_setattr', lambda: in_child(lambda: call('mount_setattr', -100, b'/tmp', 0, bytes(32), 32)))
attempt('overlay', lambda: in_child(lambda: ([os.mkdir(n) for n in 'luwm'], call('mount', b'o', b'm', b'overlay', 0, b'lowerdir=l,upperdir=u,workdir=w'))))
attempt('listmount', lambda: call('listmount', struct.pack('IIQQ', 24, 0, 0xffffffffffffffff, 0), bytes(80), 10, 0))
attempt('another root', lambda: in_child(lambda: (call('mount', b'tmpfs', b'mine', b'tmpfs', 0, 0), os.chdir('mine'), call('pivot_root', b'.', b'.'))))
""",
        "a_tmpfs bind_over move_to_bin a_procfs unmount unmount_the_shared_memory shared another_root fsopen open_tree fspick mount_setattr overlay",
    ),
    "namespaces": Attack(
        "61",
        f"""
for name, flag in {NAMESPACES}:
    attempt('unshare ' + name, lambda flag=flag: in_child(lambda: call('unshare', flag)))
    attempt('clone ' + name, lambda flag=flag: os.waitpid(call('clone', flag | 17, 0, 0, 0, 0) or os._exit(0), 0))
    attempt('enter ' + name, lambda name=name: in_child(lambda: call('setns', os.open('/proc/self/ns/' + name, os.O_RDONLY), 0)))
    attempt('enter that of init ' + name, lambda name=name: in_child(lambda: call('setns', os.open('/proc/1/ns/' + name, os.O_RDONLY), 0)))
attempt('all of init', lambda: in_child(lambda: call('setns', call('pidfd_open', 1, 0), 0x20000)))
attempt('clone3', lambda: os.waitpid(call('clone3', struct.pack('=8Q', 0x10000000, 0, 0, 0, 17, 0, 0, 0), 64) or os._exit(0), 0))
attempt('fork then unshare', lambda: in_child(lambda: in_child(lambda: call('unshare', 0x10000000 | 0x20000))))
attempt('vfork and a thread', lambda: __import__('subprocess').run(['unshare', '-U', 'true'], check=True, stderr=-3))
attempt('own user map', write, '/proc/self/uid_map', b'0 65534 1')
attempt('own group map', write, '/proc/self/gid_map', b'0 65534 1')
attempt('setgroups', write, '/proc/self/setgroups', b'allow')
attempt('become root', os.setuid, 0)
attempt('become another', os.setresuid, 1, 1, 1)
attempt('other groups', os.setgroups, [0])
""",
        " ".join(f"unshare_{n} clone_{n}" for n in ("mnt", "cgroup", "uts", "ipc", "user", "pid", "net"))
        + " enter_net enter_uts enter_ipc fork_then_unshare vfork_and_a_thread clone3 become_root",
    ),
    "out of its root": Attack(
        "62",
        """
os.mkdir('jail')
def is_folder(descriptor):
    try:
        return os.path.isdir(f'/proc/self/fd/{descriptor}')
    except OSError:
        return False
def escape():
    outside = os.open('.', os.O_RDONLY)
    os.chroot('jail')
    os.fchdir(outside)
    for _ in range(50): os.chdir('..')
    os.chroot('.')
    os.listdir('usr')
attempt('chroot', lambda: in_child(escape))
attempt('a folder that was left open', lambda: [n for n in range(3, 2048) if is_folder(n)][0])
def handle():
    name = (ctypes.c_uint * 34)(128)
    mount = ctypes.c_int()
    call('name_to_handle_at', -100, b'/usr', name, ctypes.byref(mount), 0)
    return name[1]
attempt('a handle', handle)
attempt('open by handle', lambda: call('open_by_handle_at', os.open('/', os.O_RDONLY), (ctypes.c_uint * 34)(128), 0))
attempt('by way of proc', lambda: os.listdir('/proc/1/root/home'))
attempt('hard link to outside', lambda: os.link(sys.executable, 'hard'))
""",
        "chroot a_folder_that_was_left_open",
    ),
    "other programs' rights": Attack(
        "63",
        """
PR_GET_NO_NEW_PRIVS, PR_CAPBSET_READ = 39, 23
def gains():
    if libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1:
        raise PermissionError('it gains nothing')
attempt('set-user-id programs', gains)
def any_right():
    status = open('/proc/self/status').read()
    rights = {line.split()[0]: int(line.split()[1], 16) for line in status.splitlines() if line.startswith('Cap')}
    if not any(rights.values()):
        raise PermissionError('none')
attempt('capabilities', any_right)
child = os.fork()
if child == 0:
    time.sleep(60)
attempt('ptrace', lambda: call('ptrace', 16, child, 0, 0) or os.waitpid(child, 0) and call('ptrace', 17, child, 0, 0))
buffer = ctypes.create_string_buffer(b'x' * 8)
class IO(ctypes.Structure): _fields_ = [('base', ctypes.c_void_p), ('size', ctypes.c_size_t)]
vector = IO(ctypes.addressof(buffer), 8)
attempt('write to a child', lambda: call('process_vm_writev', child, ctypes.byref(vector), 1, ctypes.byref(vector), 1, 0))
attempt('read a child', lambda: call('process_vm_readv', child, ctypes.byref(vector), 1, ctypes.byref(vector), 1, 0))
attempt('a descriptor of a child', lambda: os.close(call('pidfd_getfd', call('pidfd_open', child, 0), 1, 0)))
attempt('compare', lambda: call('kcmp', os.getpid(), child, 1, 0, 0))
attempt('a descriptor of init', lambda: os.close(call('pidfd_getfd', call('pidfd_open', 1, 0), 1, 0)))
attempt('ptrace init', lambda: call('ptrace', 0x4206, 1, 0, 0))
os.kill(child, 9); os.waitpid(child, 0)
attempt('let me be traced', lambda: in_child(lambda: call('ptrace', 0, 0, 0, 0)))
attempt('kill init', lambda: os.kill(1, 0))
""",
        "set-user-id_programs capabilities ptrace write_to_a_child read_a_child a_descriptor_of_a_child compare ptrace_init let_me_be_traced kill_init",
    ),
    "parts of the kernel": Attack(
        "64",
        """
attempt('io_uring', lambda: os.close(call('io_uring_setup', 4, bytes(120))))
attempt('userfaultfd', lambda: os.close(call('userfaultfd', 1)))
attempt('bpf', lambda: os.close(call('bpf', 0, struct.pack('5I', 2, 4, 8, 1, 0) + bytes(100), 72)))
attempt('perf', lambda: os.close(call('perf_event_open', struct.pack('II', 1, 120) + bytes(112), 0, -1, -1, 0)))
attempt('add_key', lambda: call('add_key', b'user', b'name', b'value', 5, -2))
attempt('keyctl', lambda: call('keyctl', 0, -3, 0))
attempt('request_key', lambda: call('request_key', b'user', b'name', 0, -2))
r, w = os.pipe(); r2, w2 = os.pipe(); os.write(w, b'x')
attempt('splice', lambda: call('splice', r, 0, w2, 0, 1, 0))
attempt('tee', lambda: (os.write(w, b'y'), call('tee', r, w2, 1, 0)))
class IO(ctypes.Structure): _fields_ = [('base', ctypes.c_void_p), ('size', ctypes.c_size_t)]
page = ctypes.create_string_buffer(4096)
attempt('vmsplice', lambda: call('vmsplice', w, ctypes.byref(IO(ctypes.addressof(page), 10)), 1, 0))
for name, family, kind, protocol in (('alg', 38, 5, 0), ('vsock', 40, 1, 0), ('netlink', 16, 3, 0), ('audit', 16, 3, 9), ('packet', 17, 3, 0x300),
        ('raw', 2, 3, 1), ('raw 6', 10, 3, 58), ('xdp', 44, 3, 0), ('bluetooth', 31, 3, 1), ('can', 29, 3, 1), ('tipc', 30, 1, 0), ('rds', 21, 5, 0),
        ('key', 15, 3, 2), ('nfc', 39, 5, 0), ('smc', 43, 1, 0), ('kcm', 41, 5, 0), ('ax25', 3, 5, 0), ('sctp', 2, 1, 132), ('mptcp', 2, 1, 262), ('x25', 9, 5, 0)):
    attempt('socket ' + name, lambda family=family, kind=kind, protocol=protocol: socket.socket(family, kind, protocol).close())
attempt('asynchronous reads', lambda: call('io_setup', 8, ctypes.byref(ctypes.c_ulong())))
attempt('fanotify', lambda: os.close(call('fanotify_init', 0, 0)))
attempt('inotify', lambda: os.close(call('inotify_init1', 0)))
attempt('memfd_secret', lambda: os.close(call('memfd_secret', 0)))
allow = ctypes.create_string_buffer(struct.pack('HBBI', 6, 0, 0, 0x7fff0000))
attempt('own filter', lambda: in_child(lambda: call('seccomp', 1, 0, ctypes.byref(IO(1, ctypes.addressof(allow))))))
def attach(option):
    to = socket.socket(type=socket.SOCK_DGRAM)
    to.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    to.setsockopt(socket.SOL_SOCKET, option, bytes(IO(1, ctypes.addressof(allow))))
for option, name in ((26, 'a filter'), (51, 'a choice'), (50, 'a program'), (52, 'a choice by program')):
    attempt(name + ' of packets', lambda option=option: attach(option))
attempt('a clock', lambda: time.clock_settime(time.CLOCK_REALTIME, 0))
attempt('the name', lambda: socket.sethostname('mine'))
attempt('reboot', lambda: call('reboot', 0, 0, 0, 0))
attempt('swap', lambda: call('swapon', b'main.py', 0))
attempt('a module', lambda: call('finit_module', 0, b'', 0))
attempt('kexec', lambda: call('kexec_load', 0, 0, 0, 0))
attempt('the log', lambda: call('syslog', 3, bytes(100), 100))
attempt('quota', lambda: call('quotactl', 0, 0, 0, 0))
attempt('accounting', lambda: call('acct', 0))
attempt('hang up', lambda: in_child(lambda: call('vhangup')))
if 'modify_ldt' in CALLS:
    attempt('the descriptor table', lambda: call('modify_ldt', 0, bytes(16), 16))
    attempt('ports', lambda: call('ioperm', 0x80, 1, 1))
attempt('personality', lambda: in_child(lambda: call('personality', 0x0040000)))
attempt('push a character', lambda: fcntl.ioctl(os.openpty()[1], 0x5412, b'x'))
attempt('the screen', lambda: fcntl.ioctl(os.openpty()[1], 0x541C, b'\\x02'))
""",
        "asynchronous_reads add_key keyctl splice tee vmsplice socket_netlink socket_packet socket_raw socket_raw_6 inotify the_name personality own_filter a_filter_of_packets a_choice_of_packets",
    ),
    "priority": Attack(
        "38",
        """
attempt('higher', lambda: in_child(lambda: os.setpriority(os.PRIO_PROCESS, 0, -20)))
attempt('real time', lambda: in_child(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))))
attempt('batch', lambda: in_child(lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))))
attempt('one processor', lambda: in_child(lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})))
attempt('the disk', lambda: in_child(lambda: call('ioprio_set', 1, 0, (2 << 13) | 0)))
attempt('memory that stays', lambda: in_child(lambda: call('mlockall', 1 | 4)))
attempt('a memory policy', lambda: in_child(lambda: call('set_mempolicy', 0, 0, 0)))
attempt('a deadline', lambda: in_child(lambda: call('sched_setattr', 0, struct.pack('=IIQiIQQQ', 48, 6, 0, 0, 0, 10**6, 10**7, 10**7), 0)))
""",
        "batch one_processor the_disk a_memory_policy",
    ),
    "secrets in its memory": Attack(
        "69",
        """
def environment():
    found = [value for value in os.environ.values() if 'canary' in value]
    return found[0]
attempt('the environment', environment)
attempt('the environment at the start', lambda: read('/proc/self/environ').decode().index('canary'))
def memory():
    parts, word = [], b''.join([b'can', b'ary-of-the'])
    with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', buffering=0) as mem:
        for line in maps:
            place, rights = line.split()[:2]
            start, end = (int(x, 16) for x in place.split('-'))
            if 'r' in rights and '[v' not in line and end - start < 1 << 28:
                try:
                    mem.seek(start)
                    data = mem.read(end - start)
                except (OSError, ValueError, OverflowError):
                    continue
                at = data.find(word)
                while at >= 0:
                    if data[at + len(word):at + len(word) + 2].startswith(b'-'):
                        parts.append(data[at:at + 40])
                    at = data.find(word, at + 1)
    return parts[0]
attempt('memory', memory)
""",
        "the_environment the_environment_at_the_start memory",
    ),
}


@pytest.fixture(scope="module")
def canary() -> Iterator[Path]:
    """A file of the host's that everybody may read and write, and no program may find."""
    folder = Path(tempfile.mkdtemp(prefix="snakepen-canary-", dir="/var/tmp"))
    folder.chmod(0o777)
    file = folder / "canary"
    file.write_text("canary of the host")
    yield file
    shutil.rmtree(folder)


def program(attack: Attack, canary: Path, **names: object) -> str:
    given = {"CANARY": str(canary), "CANARY_FOLDER": str(canary.parent), "SOURCE": server.__file__, **names}
    return HEAD + "".join(f"{name} = {value!r}\n" for name, value in given.items()) + attack.attempts


def is_untouched(canary: Path) -> bool:
    return canary.read_text() == "canary of the host" and os.listdir(canary.parent) == ["canary"]


def outcomes(said: str) -> dict[str, str]:
    """Whether each attempt got something, by its name."""
    return {
        words[1]: words[0] for words in (line.split() for line in said.splitlines()) if words[:1] in (["got"], ["held"])
    }


@pytest.mark.parametrize("name", ATTACKS)
async def test_nothing_can_be_reached(pen: Sandboxes, canary: Path, name: str) -> None:
    attack = ATTACKS[name]
    seen = await pen.run(program(attack, canary), wall_seconds=60)
    assert (seen.finished.status, seen.finished.return_code, seen.stderr) == (RunStatus.COMPLETED, 0, b""), seen.stdout
    tried = outcomes(seen.stdout.decode())
    got = [line for line in seen.stdout.decode().splitlines() if line.startswith("got ")]
    assert not got
    assert b"canary" not in seen.stdout.replace(b"_canary", b"").replace(b"held canary", b"").replace(
        b"snakepen-canary-", b""
    )
    assert set(expected(attack, canary)) <= tried.keys()
    assert is_untouched(canary)


@pytest.mark.parametrize("name", ATTACKS)
async def test_it_can_where_nothing_holds_it(canary: Path, name: str) -> None:
    attack = ATTACKS[name]
    seen = await asyncio.to_thread(unheld, program(attack, canary))
    (canary.parent / "left-behind").unlink(missing_ok=True)
    assert seen.return_code == 0, seen.stdout
    tried = outcomes(seen.stdout)
    assert {name: tried.get(name) for name in expected(attack, canary)} == dict.fromkeys(
        expected(attack, canary), "got"
    ), seen.stdout


def expected(attack: Attack, canary: Path) -> list[str]:
    return attack.works.replace("@CANARY_FOLDER", str(canary.parent)).split()
