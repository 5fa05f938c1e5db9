"""Numbers: what one request may hold, and what one run may use.

Sizes of a request are fixed. What a run may use has a default and a maximum, both settings; the values here are
what the settings start from. Permissions are not numbers: they are in `policy.py`.
"""

from dataclasses import dataclass
from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB
GIB: Final = 1024 * MIB

# One request.
MAX_BODY_BYTES: Final = 24 * MIB
# Of all requests that are being read, wait or run: what callers can make the server hold.
MAX_BODIES_BYTES: Final = 256 * MIB
# Of all answers of over a million characters that are being taken; one can hold that, when a character in it is wide.
MAX_LEAVING_BYTES: Final = 512 * MIB
MAX_HEAD_BYTES: Final = 64 * KIB
# Requests of one connection that wait for the answer to one before them.
MAX_PIPELINED: Final = 16
MAX_CODE_BYTES: Final = 1 * MIB
MAX_STDIN_BYTES: Final = 10 * MIB
MAX_FILE_BYTES: Final = 10 * MIB
MAX_FILES: Final = 100
# What is not inside a string: braces, numbers, white space. A legitimate request has a few kilobytes of it; a body
# of 24 MiB of nothing else would become a gigabyte of Python objects (measured: 8 million empty lists).
MAX_JSON_STRUCTURE_BYTES: Final = 256 * KIB
# Of that, what stands between values: arguments, variables and files have 8,400 at most. Each value can be wrong, and
# to say so of one takes microseconds.
MAX_JSON_COMMAS: Final = 10_000
# execve(2): one string may have 128 KiB, and all of them together a quarter of the stack limit.
MAX_ARGUMENT_BYTES: Final = 128 * KIB - 1
MAX_ARGUMENTS_AND_ENVIRONMENT_BYTES: Final = 256 * KIB
MAX_ARGUMENTS: Final = 4096
# ext4, tmpfs and APFS: 255 bytes a name (path_resolution(7)).
MAX_FILE_NAME_BYTES: Final = 255
MAX_FILE_PATH_BYTES: Final = 1024
# Each folder of a path has to be made before the program can begin.
MAX_FILE_DEPTH: Final = 32

# A request that trickles in holds a connection for this long and no longer.
HEAD_SECONDS: Final = 10.0
BODY_SECONDS: Final = 30.0
LINGER_SECONDS: Final = 10.0

# A WebSocket. Input that its program has not read yet waits in memory; each connection is a descriptor.
MAX_WAITING_INPUT_BYTES: Final = 10 * MIB
# Together; each is a descriptor and a few kilobytes, before anything is known of who is at the other end.
MAX_CONNECTIONS: Final = 2048
MAX_LIVE_CONNECTIONS: Final = 512
MAX_FRAGMENTS: Final = 16 * KIB
# Pings and pongs of a client between two pings of ours, which are 20 seconds apart.
MAX_CONTROL_FRAMES: Final = 1000

# One thing that a run shows, in all its media types; how many, and how much in all: `runner/room.py`. A figure is 20 to
# 200 KiB, an interactive one that brings its own script 5 MiB.
MAX_SHOWN_BYTES: Final = 8 * MIB
# What a run may leave: one file, all of them together, how many, how deep, among how many files and folders they are
# looked for, and for how long.
MAX_ARTIFACT_BYTES: Final = 64 * MIB
MAX_ALL_ARTIFACTS_BYTES: Final = 256 * MIB
MAX_ARTIFACTS: Final = 100
MAX_ARTIFACT_DEPTH: Final = 16
MAX_LOOKED_AT: Final = 10_000
COLLECTING_SECONDS: Final = 2.0
# What is kept of all runs, and for how long.
KEPT_ARTIFACTS_BYTES: Final = 1 * GIB
KEEP_ARTIFACTS_SECONDS: Final = 600
# How many of them are sent at once, whoever asks: each is an open file, and 128 KiB that wait to be taken.
MAX_DOWNLOADS: Final = 32

# A syntax tree is made of this much source and no more: 64 KiB take up to 0.2 s, 1 MiB takes 3 s and 640 MB.
MAX_PARSED_BYTES: Final = 64 * KIB

# One prompt, and what goes with it; a model reads all of it, and somebody may pay for that.
MAX_PROMPT_CHARACTERS: Final = 16 * KIB
MAX_DRAFT_CHARACTERS: Final = 64 * KIB
MAX_PROBLEM_CHARACTERS: Final = 64 * KIB
MAX_HISTORY: Final = 50
MAX_MODEL_NAME_CHARACTERS: Final = 200

# One answer of a model; all that its server may send for it, thoughts and envelopes included; and how many are written
# at once, whoever asks.
MAX_ANSWER_CHARACTERS: Final = 256 * KIB
MAX_ANSWER_BYTES: Final = 64 * MIB
MAX_DRAFTS: Final = 8
# What a stranger's list of models may hold.
MAX_LISTED_BYTES: Final = 1 * MIB
MAX_LISTED_MODELS: Final = 100


@dataclass(frozen=True, slots=True)
class Patience:
    """For how long a connection that stays open is waited for."""

    heartbeat_seconds: float = 15
    """Without anything to send, until a comment is sent that keeps proxies from hanging up."""
    stalled_seconds: float = 60
    """With something to send of which nobody takes a byte, until the connection is dropped."""
    unused_seconds: float = 300
    """Of a WebSocket without a run, until it is closed."""
    download_seconds: float = 30
    """Of a file that is fetched, or a whole answer, and longer by its size, until the connection is dropped."""
    download_bytes_per_second: float = 128 * KIB
    """How fast a large one has to be taken: 64 MiB are kept from others for nine minutes at most. What is left of an
    answer when nothing follows it has so long too, beyond `stalled_seconds`."""


PATIENCE: Final = Patience()


@dataclass(frozen=True, slots=True)
class ModelPatience:
    """For how long a model is waited for."""

    first_seconds: float = 180
    """Until it says anything: one on this machine may have to be loaded."""
    between_seconds: float = 60
    """Between two pieces."""
    whole_seconds: float = 600


MODEL_PATIENCE: Final = ModelPatience()


@dataclass(frozen=True, slots=True)
class TerminalLimits:
    """What a run with a terminal may take: no `timeout`, for a person thinks in between."""

    idle_seconds: float = 900
    """Without a byte in or out."""
    whole_seconds: float = 3600
    cpu_seconds: float = 60
    """Unless it asks for another."""


TERMINAL: Final = TerminalLimits()


@dataclass(frozen=True, slots=True)
class Range:
    """What one limit may be: a request that does not name it gets `default`."""

    default: int | float
    minimum: int | float
    maximum: int | float
    most: int | float
    """What an operator may raise the maximum to."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use; every number is settled before any work is done."""

    wall_seconds: float
    cpu_seconds: float
    memory_bytes: int
    processes: int
    """Threads count."""
    output_bytes: int
    """Of each stream."""
    disk_bytes: int
    open_files: int
    idle_seconds: float | None = None
    """For how long a terminal may be silent in both directions; None: for ever."""


# No run is longer or larger. The kernel's calls take 64 bits, sums of ours included, and JSON 53.
_YEAR_SECONDS: Final = 365 * 24 * 3600
_PIB: Final = 1024**2 * GIB
# As many processes as Linux numbers by default, pid_max in proc(5): many more, and setrlimit(2) refuses them.
_MOST_PROCESSES: Final = 32_768
# As many files as it lets a process open by default, nr_open in proc(5).
_MOST_OPEN_FILES: Final = 1_048_576

# cpu_seconds has no default of its own: it is the run's wall-clock limit.
WALL_SECONDS: Final = Range(default=10, minimum=0.001, maximum=60, most=_YEAR_SECONDS)
CPU_SECONDS: Final = Range(default=60, minimum=0.001, maximum=60, most=_YEAR_SECONDS)
MEMORY_BYTES: Final = Range(default=512 * MIB, minimum=32 * MIB, maximum=4 * GIB, most=_PIB)
PROCESSES: Final = Range(default=64, minimum=1, maximum=256, most=_MOST_PROCESSES)
OUTPUT_BYTES: Final = Range(default=1 * MIB, minimum=0, maximum=64 * MIB, most=_PIB)
DISK_BYTES: Final = Range(default=256 * MIB, minimum=64 * KIB, maximum=2 * GIB, most=_PIB)
OPEN_FILES: Final = Range(default=256, minimum=16, maximum=1024, most=_MOST_OPEN_FILES)

RANGES: Final = {
    "timeout": WALL_SECONDS,
    "cpu_seconds": CPU_SECONDS,
    "memory_bytes": MEMORY_BYTES,
    "processes": PROCESSES,
    "output_bytes": OUTPUT_BYTES,
    "disk_bytes": DISK_BYTES,
    "open_files": OPEN_FILES,
}
"""By the names of the wire."""
