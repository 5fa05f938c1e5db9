"""Which executor runs the programs: the one place that chooses an implementation of the seam.

Beside `app.py` and not in it, so that the command line can run a program without importing a web framework.
"""

from snakepen.environments.environment import Environment
from snakepen.errors import SetupError
from snakepen.executor import Executor
from snakepen.runs.admission import Admission
from snakepen.runs.plain import PlainExecutor
from snakepen.runs.workspace import Workspaces
from snakepen.settings import Settings


def check_isolation(settings: Settings) -> None:
    """Raises SetupError unless the isolation that the settings ask for can be had; a weaker one is never taken."""
    if settings.isolation == "namespaces":
        raise SetupError(
            "Isolation level 'namespaces' is not part of this version. Programs that you trust as you trust your own "
            "can be run without isolation: --isolation none --i-trust-the-code"
        )
    if not settings.i_trust_the_code:
        raise SetupError(
            "Isolation level 'none' lets every program do whatever you can do on this machine: read and change your "
            "files, use your network, start processes that stay. If that is meant, add --i-trust-the-code"
        )


def open_executor(settings: Settings, environment: Environment) -> Executor:
    """The executor of the isolation level that the settings ask for. Raises SetupError."""
    check_isolation(settings)
    admission = Admission(
        running=settings.admission.running,
        queue=settings.admission.queue,
        per_caller=settings.admission.per_client,
    )
    return PlainExecutor(environment, admission, Workspaces())
