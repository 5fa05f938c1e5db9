"""Adds to a container runtime's filter of system calls what Snakepen needs: reads the default, writes the new one.

    python3 scripts/make_container_seccomp.py default.json > snakepen-seccomp.json

The default is Docker's (seccomp/default.json of the Moby project's profiles) or, in the same format, Podman's
(/usr/share/containers/seccomp.json). It is a list of what is allowed, and it changes with the kernel: so none is
shipped here. docs/how-to/run-in-a-container.md tells what to do with the new one.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

# All that the launcher calls and that the default allows to privileged containers only.
ADDED: Final = (
    "fsconfig",
    "fspick",
    "mount",
    "mount_setattr",
    "move_mount",
    "open_tree",
    "pivot_root",
    "sethostname",
    "setns",
    "umount2",
    "unshare",
)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Give the runtime's default filter, a file: make_container_seccomp.py default.json", file=sys.stderr)
        return 1
    print(json.dumps(with_ours(json.loads(Path(arguments[0]).read_text("utf-8"))), indent=2))
    return 0


def with_ours(default: dict[str, Any]) -> dict[str, Any]:
    """A filter with one more rule. Raises KeyError when it is none."""
    rule = {
        "names": list(ADDED),
        "action": "SCMP_ACT_ALLOW",
        "comment": "Snakepen: sandboxes in user namespaces of their own",
    }
    return {**default, "syscalls": [*default["syscalls"], rule]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
