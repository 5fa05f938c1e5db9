"""What the server says of itself and of programs, without running any: health, environment, explanations."""

import sys

from fastapi import APIRouter, Response

from snakepen import __version__
from snakepen.api.documented import ENVIRONMENT, EXECUTE, EXPLAIN, EXPLAIN_REFUSALS, READ_REFUSALS
from snakepen.api.parsing import JsonRoute
from snakepen.api.services import ServicesOf
from snakepen.api.settle import check_code
from snakepen.wire.explain import ExplainRequest, Preview
from snakepen.wire.service import CapacityInfo, EnvironmentInfo, Health, IsolationInfo

router = APIRouter(route_class=JsonRoute)

RUNNING = "Snakepen execution service running"


@router.get(
    EXECUTE,
    summary="Health, capacity and limits",
    responses={**READ_REFUSALS, 503: {"model": Health, "description": "No program could be run now."}},
)
@router.head(EXECUTE, include_in_schema=False)
async def health(response: Response, services: ServicesOf) -> Health:
    """How the server is; 503 and `unavailable` when no program could be run now."""
    executor = services.executor
    problem = executor.problem()
    capacity = executor.capacity()
    if problem is not None:
        response.status_code = 503
    return Health(
        status="ok" if problem is None else "unavailable",
        message=problem or RUNNING,
        platform=sys.platform,
        version=__version__,
        languages=["python"],
        python=services.environment.python,
        isolation=IsolationInfo(level=executor.isolation.level, layers=dict(executor.isolation.layers)),
        capacity=CapacityInfo(running=capacity.running, queued=capacity.queued, free=capacity.free),
        limits=services.limits,
    )


@router.get(ENVIRONMENT, summary="Packages that programs can import", responses=READ_REFUSALS)
@router.head(ENVIRONMENT, include_in_schema=False)
async def environment(services: ServicesOf) -> EnvironmentInfo:
    """The packages besides the standard library, with versions."""
    return services.environment


@router.post(EXPLAIN, summary="Explain a program without running it", responses=EXPLAIN_REFUSALS)
async def explain(body: ExplainRequest, services: ServicesOf) -> Preview:
    """What the program seems to do: found by looking at it, clearly not a run."""
    check_code(body.code)
    return await services.explainer.explain(body.code)
