"""What the routes need, built once by the composition root."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from snakepen.api.settle import Settler
from snakepen.executor import Executor
from snakepen.runs.explain import Explainer
from snakepen.wire.service import EnvironmentInfo, LimitsInfo


@dataclass(frozen=True, slots=True)
class Services:
    """Everything behind the routes; the executor is whichever implementation the composition root chose."""

    executor: Executor
    explainer: Explainer
    settler: Settler
    environment: EnvironmentInfo
    limits: LimitsInfo


def _services(request: Request) -> Services:
    return cast(Services, request.app.state.services)


ServicesOf = Annotated[Services, Depends(_services)]
