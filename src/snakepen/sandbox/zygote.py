"""A zygote: an interpreter that has imported a set of modules, and forks a blank runner whenever it is asked to.

It is forked from the launcher before that imported anything, has one thread, no secret, and no descriptor but its
socket. It never runs a program and never parses a byte of one. What a program could see of it is put away before the
first fork: modules go to the shelf, the interpreter's own names become those of the environment.
"""

import gc
import os
import pkgutil
import platform
import select
import signal
import site
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from io import StringIO
from typing import Final, NoReturn, Self

assert sys.platform == "linux"

from _socket import AF_UNIX, SOCK_SEQPACKET, socket, socketpair  # `socket` without its enumerations: see _Forks

from snakepen.runner.below import Depth
from snakepen.runner.ending import remember_modules
from snakepen.runner.execute import new_main, run_file
from snakepen.runner.frames import encode_program, fault, take_descriptors
from snakepen.runner.main import MAIN_PATH, Interpreter, held_bytes, rehearse, serve
from snakepen.runner.parts import program_text, take_names_away
from snakepen.runner.shelf import Shelf
from snakepen.sandbox import randomness, seccomp, syscalls
from snakepen.sandbox.containment import Containment
from snakepen.sandbox.heap import merge_pages, modules_side_by_side, objects_side_by_side
from snakepen.sandbox.landlock import Landlock
from snakepen.sandbox.prepared import Calls, Number, Wait
from snakepen.sandbox.protocol import (
    Config,
    DescriptorsLostError,
    Frame,
    Kind,
    ZygoteConfig,
    receive_frame,
    refuse,
    send_frame,
)
from snakepen.sandbox.randomness import Reseed
from snakepen.sandbox.rehearsal import Foreseen, foresee
from snakepen.sandbox.template import WORKSPACE

_SCRATCH_BYTES: Final = 16 << 20
# After so many calls CPython has settled how a function is run (specialize.c). Until then it counts them in the code of
# the function, whose page a runner would copy.
_SETTLED: Final = 9
_THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Start:
    """What the launcher saw when it was still like any interpreter whose program begins."""

    plain_modules: frozenset[str]
    shelf: Shelf
    """With every module that was imported since."""
    calls_left: int | None
    """See snakepen.runner.below."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What every zygote needs, made by the launcher while it could still see its own files."""

    config: Config
    start: Start
    landlock: Landlock | None
    filters: Sequence[syscalls.SystemCallFilter]
    showing_program: str
    """See Interpreter."""

    @classmethod
    def gather(cls, config: Config, start: Start) -> Self:
        """Raises OSError when there is no filter for this machine."""
        take_names_away()
        version = syscalls.landlock_version()
        programs = [seccomp.filter_bytes()]
        if not config.memory_is_counted:  # before the main one, which lets no other be loaded
            programs.insert(0, seccomp.without_untracked_memory())
        if not _can_refuse_descriptors():
            programs.insert(0, seccomp.without_lingering())
        filters = [syscalls.SystemCallFilter(program) for program in programs]
        # It was asked which machine this is, and keeps the name that it has, too.
        platform._uname_cache = None  # type: ignore[attr-defined]  # typeshed does not know it
        return cls(config, start, Landlock(version) if version else None, filters, program_text())


def _can_refuse_descriptors() -> bool:
    ours, theirs = socketpair(AF_UNIX, SOCK_SEQPACKET)
    can = take_descriptors(ours, False)
    ours.close()
    theirs.close()
    return can


def zygote(equipment: Equipment, kind: ZygoteConfig, channel: socket, own_processes: int) -> NoReturn:
    """Import, then serve FORK frames until the server hangs up."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _be_first_to_die()
    syscalls.set_name(os.path.basename(equipment.config.python))  # what its runners inherit is what a program finds
    _become_environment(equipment.config)
    shelf = equipment.start.shelf
    with objects_side_by_side(kind.side_by_side_bytes):
        _import_ahead(kind, shelf)
    reseeds = randomness.reseeds()
    depth = Depth(equipment.start.calls_left, run_file)
    shelf.put_away(equipment.start.plain_modules | {"__main__"})
    _look_like_a_fresh_start(equipment.config)
    shelf.foresee(kind.modules)
    _find_importers()
    shelf.install()
    remember_modules(shelf)
    gc.collect()
    syscalls.tidy_heap()
    interpreter = Interpreter(equipment.config.python, depth, held_bytes(), equipment.showing_program)
    forks = _Forks(equipment, channel, own_processes, interpreter, reseeds)
    rehearsal = encode_program(kind.rehearsal.encode(), (), {}, ())
    if kind.side_by_side_bytes:
        merge_pages()
    gc.freeze()  # what is here stays as it is: a collection in a runner need not touch, and so copy, its pages
    new_main(MAIN_PATH)  # after that: it is to be collected in a runner
    foreseen = foresee(lambda: rehearse(rehearsal, interpreter), most_bytes=kind.foreseen_bytes)
    send_frame(channel, Frame(Kind.UP))
    forks.serve(foreseen)


def _be_first_to_die() -> None:
    """proc_pid_oom_score_adj(5): when the machine runs out of memory, let it be runners, who inherit this, or us."""
    with open("/proc/self/oom_score_adj", "wb", buffering=0) as file:
        file.write(b"1000")


def _become_environment(config: Config) -> None:
    """What `site` does in a virtual environment (site.venv): this interpreter started from a folder of ours."""
    sys.executable = config.python
    sys.prefix = sys.exec_prefix = config.prefix
    sys._base_executable = os.path.realpath(config.python)  # type: ignore[attr-defined]  # typeshed does not know it
    sys.path[:] = [path for path in sys.path if path.startswith(sys.base_prefix)]
    site.PREFIXES[:] = [config.prefix]
    site.ENABLE_USER_SITE = False
    site.addsitepackages(set())
    sys.path_importer_cache.clear()


def _import_ahead(kind: ZygoteConfig, shelf: Shelf) -> None:
    """Import and warm up."""
    # Libraries keep caches below HOME, which is the workspace: a scratch one in a mount namespace of this zygote's own.
    syscalls.unshare(syscalls.CLONE_NEWNS)
    syscalls.mount("tmpfs", WORKSPACE, syscalls.MS_NOSUID | syscalls.MS_NODEV, f"size={_SCRATCH_BYTES}")
    os.chdir(WORKSPACE)
    # With more threads than one, a fork would copy locks that nobody will ever release.
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    with modules_side_by_side(), shelf.recording():
        for name in kind.modules:
            __import__(name)
    with redirect_stdout(StringIO()):
        for text, times in ((kind.warm_up, 2), (kind.rehearsal, _SETTLED)):
            code = compile(text, "<warm-up>", "exec")
            for _ in range(times):
                exec(code, {"__name__": "warm_up"})  # noqa: S102  -- our own text
    for name in _THREADS:
        del os.environ[name]
    _close_cached_fonts()
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError(f"the zygote {kind.name} has more than one thread, and must not fork")


def _close_cached_fonts() -> None:
    """matplotlib drops its open fonts in a fork hook of its own, which our fork does not run."""
    fonts = sys.modules.get("matplotlib.font_manager")
    if fonts is not None:
        fonts._get_font.cache_clear()


def _look_like_a_fresh_start(config: Config) -> None:
    """What a program finds when it looks at its interpreter."""
    os.environ.clear()
    bin_folder = os.path.dirname(config.python)
    os.environ.update(LANG="C.UTF-8", HOME=WORKSPACE, PATH=f"{bin_folder}:/usr/local/bin:/usr/bin:/bin")
    sys.path.insert(0, WORKSPACE)
    sys.path_importer_cache.clear()
    sys.argv[:] = [MAIN_PATH]
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)


def _find_importers() -> None:
    """For the folders in which an interpreter has looked until its program begins, and for that program's own file,
    which is none (main.c, pymain_get_importer). What they have listed is still right in a runner.
    """
    known = dict(sys.path_importer_cache)
    sys.path_importer_cache.clear()
    standard = [path for path in sys.path[1:] if path.startswith(sys.base_prefix)]
    encodings = sys.modules["encodings"].__path__
    for path in dict.fromkeys((*standard[:-1], *encodings, *standard[-1:], *sys.path[1:])):
        sys.path_importer_cache[path] = known.get(path) or pkgutil.get_importer(path)
    sys.path_importer_cache[MAIN_PATH] = None


class _Forks:
    """Forks runners on demand, and reports each one's end.

    As little Python code as can be goes into that, and what it needs is made before: after each fork this process
    copies every page again that it writes to, and to look at an object is to write to it.
    """

    def __init__(
        self,
        equipment: Equipment,
        channel: socket,
        own_processes: int,
        interpreter: Interpreter,
        reseeds: Sequence[Reseed],
    ) -> None:
        config = equipment.config
        self._channel = channel
        self._interpreter = interpreter
        self._reseeds = reseeds
        self._control_descriptor = config.control_descriptor
        self._containment = Containment(
            groups=config.groups_of_a_run,
            has_rules=equipment.landlock is not None,
            control_descriptor=config.control_descriptor,
            filters=equipment.filters,
        )
        # For children only, setns(2).
        self._sandbox = Number()
        self._enter, self._come_back = Calls(), Calls()
        self._enter.add("setns", self._sandbox, syscalls.CLONE_NEWPID)
        self._come_back.add("setns", own_processes, syscalls.CLONE_NEWPID)
        self._wait = Wait()
        self._runners: dict[int, tuple[int, int]] = {}
        # Not epoll(7): its descriptor would be an object, which a runner could close under its program's feet.
        self._poll = select.poll()
        self._foreseen = Foreseen()

    def serve(self, foreseen: Foreseen) -> NoReturn:
        self._foreseen = foreseen
        listening = self._channel.fileno()
        self._poll.register(listening, select.POLLIN)
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor != listening:
                    self._report(descriptor)
                    continue
                try:
                    received = receive_frame(self._channel)
                except DescriptorsLostError as lost:
                    refuse(self._channel, lost)
                    continue
                if received is None:
                    os._exit(0)
                frame, descriptors = received
                try:
                    self._fork(frame.number, descriptors)
                except ConnectionError:  # the server is gone
                    os._exit(0)
                except OSError as error:
                    print(f"fork: {error}", file=sys.stderr, flush=True)  # noqa: T201  -- the server logs it
                    send_frame(self._channel, Frame(Kind.FAILED, frame.number, error.errno or 0))
                finally:
                    for descriptor in descriptors:
                        os.close(descriptor)

    def _fork(self, number: int, given: list[int]) -> None:
        ends: list[int] = []
        try:
            for _ in range(3):
                ends += os.pipe()
            ours, theirs = socketpair(AF_UNIX, SOCK_SEQPACKET)
            ends += (ours.detach(), theirs.detach())
            stdin, stdin_ours, stdout_ours, stdout, stderr_ours, stderr, control_ours, control = ends
            self._containment.tell(given, (stdin, stdout, stderr, control))
            self._sandbox.value = given[0]
            self._enter.make()
            try:
                pid = syscalls.fork()
                if pid == 0:
                    self._run(control)
            finally:
                self._come_back.make()
            try:
                runner = os.pidfd_open(pid)
                send_frame(
                    self._channel,
                    Frame(Kind.FORKED, number),
                    [control_ours, stdin_ours, stdout_ours, stderr_ours, runner],
                )
            except OSError:  # then nobody knows of it
                os.kill(pid, signal.SIGKILL)
                self._wait.for_child(pid)
                raise
            self._runners[runner] = (pid, number)
            self._poll.register(runner, select.POLLIN)
        finally:
            for end in ends:
                os.close(end)

    def _report(self, runner: int) -> None:
        pid, number = self._runners.pop(runner)
        self._poll.unregister(runner)
        os.close(runner)
        ended = Frame(Kind.ENDED, number, *self._wait.for_child(pid))
        with suppress(ConnectionError):  # the server hung up; the next frame says so
            send_frame(self._channel, ended)

    def _run(self, control: int) -> NoReturn:
        """In the new process: never comes back, whatever happens."""
        try:
            self._containment.make(self._foreseen)
            self._channel.detach()  # closed by now, and perhaps another's number
            for reseed in self._reseeds:
                reseed()
            serve(self._control_descriptor, self._interpreter)
        except BaseException as error:
            try:
                os.write(self._control_descriptor, fault(repr(error)))
            except OSError:  # the socket has not been put there yet
                with suppress(OSError):
                    os.write(control, fault(repr(error)))
        finally:
            os._exit(1)
