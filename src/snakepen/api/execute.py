"""POST /api/execute: one request, from checked fields to the whole answer."""

import contextlib
from typing import assert_never

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from snakepen.api.answer import Answer, in_pieces, is_large, leaving_bytes
from snakepen.api.documented import EXECUTE, HOW_TO_GO_LIVE, REFUSALS, STREAMED
from snakepen.api.held import Leaving
from snakepen.api.parsing import JsonRoute
from snakepen.api.refusals import refusal_response
from snakepen.api.services import ServicesOf
from snakepen.api.stream import EventStream, HungUpError, until_hang_up, wants_events
from snakepen.errors import Unavailable
from snakepen.executor import Finished, InputRequested, Made, Output, Queued, Run, Shown, Started
from snakepen.wire.run import RunRequest, RunResult, RunStatus

router = APIRouter(route_class=JsonRoute)


@router.post(
    EXECUTE,
    response_model=RunResult,
    responses={**REFUSALS, 200: STREAMED},
    summary="Run a program",
    description=HOW_TO_GO_LIVE,
)
async def execute(request: Request, body: RunRequest, services: ServicesOf) -> Response:
    """The whole answer at its end, or events while it goes on."""
    spec = services.settler.spec(body)
    caller = request.client.host if request.client else "local"
    if wants_events(", ".join(request.headers.getlist("accept"))):
        heartbeat_seconds = request.app.state.patience.heartbeat_seconds
        return EventStream(services, spec, code=body.code, caller=caller, heartbeat_seconds=heartbeat_seconds)
    try:
        async with services.executor.run(spec, caller=caller) as run, until_hang_up(request.receive):
            result = await _to_its_end(run)
    except HungUpError:
        return Response()  # to nobody
    except Unavailable as refusal:
        return refusal_response(refusal, await services.preview(refusal, body.code))
    # 200 says that we did our part, whatever the program did; of a run that we lost that is not true.
    status = 500 if result.status is RunStatus.LOST else 200
    if is_large(result):
        return _InPieces(result, status, request)
    return Response(result.model_dump_json(), status, media_type="application/json")


class _InPieces(StreamingResponse):
    """A large answer, which is there until it is taken."""

    def __init__(self, result: RunResult, status: int, request: Request) -> None:
        super().__init__(in_pieces(result), status, media_type="application/json")
        leaving: Leaving = request.app.state.leaving
        self._place = leaving.place(leaving_bytes(result), request.state.abort)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._place, contextlib.suppress(HungUpError):
            # The framework would leave it to the next collection, of which there are few, when the client hangs up.
            async with until_hang_up(receive):
                await self.stream_response(send)


async def _to_its_end(run: Run) -> RunResult:
    """All events of the run."""
    answer = Answer()
    async for event in run:
        match event:
            case Started():
                answer.started(event)
            case Output():
                answer.output(event)
            case Shown():
                answer.shown(event)
            case Made():
                answer.made(event, run.id)
            case Finished():
                return answer.finished(event, run.id)
            case Queued() | InputRequested():
                pass  # whoever waits for the whole answer is not told of what happens meanwhile
            case _:
                assert_never(event)
    raise AssertionError("a run ended without its last event")
