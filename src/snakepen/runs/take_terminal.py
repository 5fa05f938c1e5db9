"""Run as a program, first in a session of its own: makes its standard input the controlling terminal, and becomes the
command that its arguments name. Standard library only."""

import fcntl
import os
import sys
import termios

assert sys.platform != "win32"

if __name__ == "__main__":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # ioctl_tty(2): for a session leader that has none
    # With UTF-8 in a line, erasing takes away characters, not bytes (termios(3), IUTF8). Python has no name for it.
    if sys.platform == "linux":
        attributes = termios.tcgetattr(0)
        attributes[0] |= 0o40000
        termios.tcsetattr(0, termios.TCSANOW, attributes)
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606  -- the environment's own interpreter, and no shell
