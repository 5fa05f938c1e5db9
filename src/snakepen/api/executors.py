"""Which executor runs the programs: the one place that chooses an implementation of the seam.

Beside `app.py` and not in it, so that the command line can run a program without importing a web framework.
"""

import sys

from snakepen.environments.environment import Environment
from snakepen.errors import SetupError
from snakepen.executor import Executor
from snakepen.runs.admission import Admission
from snakepen.runs.artifacts import Artifacts, Keeping
from snakepen.runs.host import Host
from snakepen.runs.local import LocalExecutor
from snakepen.runs.plain import PlainHost
from snakepen.runs.workspace import Workspaces
from snakepen.settings import Settings


def check_isolation(settings: Settings) -> None:
    """Raises SetupError when the settings ask for an isolation that this platform cannot have, or that nobody meant.

    Before anything is made. Whether this very host can have it, `try_isolation` finds out.
    """
    if settings.isolation == "none":
        if not settings.i_trust_the_code:
            raise SetupError(
                "Isolation level 'none' lets every program do whatever you can do on this machine: read and change "
                "your files, use your network, start processes that stay. If that is meant, add --i-trust-the-code"
            )
    elif sys.platform != "linux":
        raise SetupError(
            f"Isolation level 'namespaces' needs Linux, and this is {sys.platform}. Programs that you trust as you "
            "trust your own can be run without isolation: --isolation none --i-trust-the-code"
        )
    else:
        _check_descriptors(int(settings.limits.open_files.maximum))
        _check_processes(int(settings.limits.processes.maximum))


def _check_descriptors(most_of_a_program: int) -> None:
    """A runner keeps its socket above all that its program may open."""
    if sys.platform == "win32":
        return
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most <= most_of_a_program:
        raise SetupError(
            f"A program may open {most_of_a_program} files, and what this user starts {most}: set "
            "limits.open_files.maximum below that, or raise the hard limit (ulimit -Hn, or LimitNOFILE= of systemd)."
        )


def _check_processes(most_of_a_program: int) -> None:
    """With control groups and without, a runner lowers its own hard limit to what its run may have, and cannot raise it
    (setrlimit(2)): it has no right of root's to, whoever started the server."""
    if sys.platform == "win32":
        return
    import resource

    most = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    if most != resource.RLIM_INFINITY and most < most_of_a_program:
        raise SetupError(
            f"A program may have {most_of_a_program} processes, and what this user starts {most}: set "
            "limits.processes.maximum to that or less, or raise the hard limit (ulimit -Hu, or LimitNPROC= of systemd)."
        )


def try_isolation(settings: Settings, environment: Environment) -> None:
    """Try on this host what the isolation needs. Raises SetupError when it does not work: no weaker one is taken."""
    if sys.platform == "linux" and settings.isolation == "namespaces":
        from snakepen.runs.open_sandboxes import try_layers

        failed = [probe for probe in try_layers(environment) if probe.state == "missing"]
        if failed:
            probe = next((probe for probe in failed if probe.was_tried), failed[0])
            raise SetupError(
                f"Isolation level 'namespaces' is not available here, because the layer '{probe.name}' does not work "
                f"({probe.detail}): 'snakepen doctor' says what mends it."
            )


def open_executor(settings: Settings, environment: Environment, *, single: bool = False) -> Executor:
    """The executor of the isolation level that the settings ask for. Raises SetupError. Needs a running event loop.

    With `single` no more is made ready than one run needs.
    """
    check_isolation(settings)
    admission = Admission(
        running=settings.admission.running,
        queue=settings.admission.queue,
        per_caller=settings.admission.per_client,
    )
    artifacts = Artifacts(Keeping(settings.artifacts.disk_bytes, settings.artifacts.keep_seconds))
    return LocalExecutor(_open_host(settings, environment, single), admission, artifacts)


def _open_host(settings: Settings, environment: Environment, single: bool) -> Host:
    if sys.platform == "linux" and settings.isolation == "namespaces":
        from snakepen.runs.open_sandboxes import open_sandboxes
        from snakepen.runs.pool import PoolSize
        from snakepen.runs.sandboxed import Defaults
        from snakepen.sandbox.kinds import ALONE, KINDS

        pool = settings.pool
        kinds = (ALONE,) if single else tuple(kind for kind in KINDS if kind.name in pool.kinds)
        size = PoolSize(pool.ready, pool.memory_bytes, pool.runs_per_zygote)
        if single:  # nobody comes after it, and no interpreter for those who might
            size = PoolSize(ready=0, memory_bytes=0, runs_per_zygote=2)
        host = open_sandboxes(
            environment,
            size,
            defaults=Defaults(
                memory_bytes=int(settings.limits.memory_bytes.default),
                disk_bytes=int(settings.limits.disk_bytes.default),
            ),
            most_open_files=int(settings.limits.open_files.maximum),
            kinds=kinds,
        )
        host.pool.open()
        return host
    return PlainHost(environment, Workspaces(), running=settings.admission.running)
