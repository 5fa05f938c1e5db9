"""POST /api/execute: one request, from checked fields to the whole answer."""

import asyncio
from typing import assert_never

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from snakepen.api.answer import WHOLE_CHARACTERS, Answer, in_pieces
from snakepen.api.documented import EXECUTE, REFUSALS
from snakepen.api.refusals import refusal_response
from snakepen.api.services import ServicesOf
from snakepen.errors import Unavailable
from snakepen.executor import Finished, Output, Queued, Run, Started
from snakepen.wire.run import RunRequest, RunResult, RunStatus

router = APIRouter()


@router.post(EXECUTE, response_model=RunResult, responses=REFUSALS, summary="Run a program")
async def execute(request: Request, body: RunRequest, services: ServicesOf) -> Response:
    """Run the program to its end and answer with what it really printed.

    200 means that Snakepen did its part, whatever the program did: look at `status` and `return_code`.
    """
    spec = services.settler.spec(body)
    caller = request.client.host if request.client else "local"
    try:
        async with services.executor.run(spec, caller=caller) as run:
            result = await _to_its_end(run, request)
    except Unavailable as refusal:
        return refusal_response(refusal, await services.explainer.explain(body.code))
    # 200 says that we did our part, whatever the program did; of a run that we lost that is not true.
    status = 500 if result.status is RunStatus.LOST else 200
    if len(result.output) + len(result.error) > WHOLE_CHARACTERS:
        return StreamingResponse(in_pieces(result), status, media_type="application/json")
    return Response(result.model_dump_json(), status, media_type="application/json")


async def _to_its_end(run: Run, request: Request) -> RunResult:
    """All events of the run; hanging up stops it."""
    hang_up = asyncio.create_task(_stop_on_hang_up(run, request))
    answer = Answer()
    try:
        async for event in run:
            match event:
                case Started():
                    answer.started(event)
                case Output():
                    answer.output(event)
                case Finished():
                    return answer.finished(event, run.id)
                case Queued():
                    pass  # whoever waits for the whole answer is not told of his place
                case _:
                    assert_never(event)
        raise AssertionError("a run ended without its last event")
    finally:
        hang_up.cancel()


async def _stop_on_hang_up(run: Run, request: Request) -> None:
    # The body has been read whole, so whatever comes now is the end of the connection.
    while (await request.receive())["type"] != "http.disconnect":
        pass
    run.stop()
