"""Who the launcher is: an ordinary user of this machine, and root of a user namespace of its own."""

import os
import sys

assert sys.platform == "linux"

from snakepen.sandbox import syscalls


def become_user(user: int) -> None:
    """Give root up, for good. Raises OSError."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # credentials(7): the change of user made /proc/self root's and took the parent-death signal away.
    syscalls.set_dumpable()
    syscalls.die_with_parent()


def enter_user_namespace(others: int) -> None:
    """A user namespace in which we are root, and `others` that belong to it. Raises OSError."""
    user, group = os.getuid(), os.getgid()
    syscalls.unshare(others | syscalls.CLONE_NEWUSER)
    # user_namespaces(7): the group map of an ordinary user demands that setgroups(2) is given up.
    for file, line in (("setgroups", b"deny"), ("uid_map", b"0 %d 1" % user), ("gid_map", b"0 %d 1" % group)):
        path = f"/proc/self/{file}"
        with open(path, "wb", buffering=0) as out:
            try:
                out.write(line)
            except OSError as error:  # which has the reason in it and not the file
                raise OSError(error.errno, error.strerror, path) from error
