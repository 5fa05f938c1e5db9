"""What the routes need, built once by the composition root."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from snakepen.api.settle import Settler
from snakepen.codegen.writer import Writer
from snakepen.errors import Busy, Refusal, Unavailable
from snakepen.executor import Executor
from snakepen.runs.explain import Explainer
from snakepen.wire.explain import Preview
from snakepen.wire.service import EnvironmentInfo, LimitsInfo


@dataclass(frozen=True, slots=True)
class Services:
    """Everything behind the routes; the executor is whichever implementation the composition root chose."""

    executor: Executor
    explainer: Explainer
    settler: Settler
    environment: EnvironmentInfo
    limits: LimitsInfo
    writer: Writer

    async def preview(self, refusal: Refusal, code: str) -> Preview | None:
        """When no program can be run now, what this one would do; None also when too many are told that."""
        if not isinstance(refusal, Unavailable):
            return None
        try:
            return await self.explainer.explain(code)
        except Busy:
            return None


async def _services(request: Request) -> Services:
    """Not a plain function: FastAPI would have a thread call that, each time."""
    return cast(Services, request.app.state.services)


ServicesOf = Annotated[Services, Depends(_services)]
