"""POST /api/generate: a prompt becomes a program, told while it is written. And what can write one."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.types import Receive, Scope, Send

from snakepen.api.documented import (
    GENERATE,
    GENERATE_REFUSALS,
    HOW_TO_GENERATE,
    MODELS,
    READ_REFUSALS,
    RECIPES,
    WRITTEN,
)
from snakepen.api.parsing import JsonRoute
from snakepen.api.refusals import refusal_response
from snakepen.api.services import ServicesOf
from snakepen.api.stream import EVENT_STREAM, Told
from snakepen.codegen.recipes import recipes as all_recipes
from snakepen.errors import ModelFailed, Refusal
from snakepen.wire.generate import (
    DraftRefusedEvent,
    GenerateEvent,
    GenerateRequest,
    ModelsInfo,
    RecipeInfo,
    RecipesInfo,
)
from snakepen.wire.refusal import RefusalBody

router = APIRouter(route_class=JsonRoute)

# Events that wait for a client who reads slower than the model writes; then the model is held back.
_WAITING: Final = 16


@router.post(
    GENERATE,
    response_class=Response,
    responses={**GENERATE_REFUSALS, 200: WRITTEN},
    summary="Write a program for a prompt",
    description=HOW_TO_GENERATE,
)
async def generate(request: Request, body: GenerateRequest, services: ServicesOf) -> Response:
    """Events while it is written."""
    source = await services.writer.source(body)
    events = services.writer.write(body, source)
    return DraftStream(events, heartbeat_seconds=request.app.state.patience.heartbeat_seconds)


@router.get(MODELS, summary="What can write programs, and why something cannot", responses=READ_REFUSALS)
@router.head(MODELS, include_in_schema=False)
async def models(services: ServicesOf) -> ModelsInfo:
    """All models that the server knows of."""
    return await services.writer.offer()


@router.get(RECIPES, summary="The built-in recipes", responses=READ_REFUSALS)
@router.head(RECIPES, include_in_schema=False)
async def recipes() -> RecipesInfo:
    """Programs that are there without any model."""
    return RecipesInfo(
        recipes=[
            RecipeInfo(name=recipe.name, title=recipe.title, summary=recipe.summary, prompt=recipe.prompt)
            for recipe in all_recipes()
        ]
    )


class DraftStream(Response):
    """Server-sent events of one draft. It is written within, so that hanging up ends the writing."""

    media_type = EVENT_STREAM

    def __init__(self, events: AsyncGenerator[GenerateEvent], *, heartbeat_seconds: float) -> None:
        self.status_code = 200
        self.background = None
        self.init_headers({"X-Accel-Buffering": "no", "Cache-Control": "no-store"})
        self._events = events
        self._heartbeat_seconds = heartbeat_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = Told(send, {"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        waiting: _Waiting = asyncio.Queue(_WAITING)
        # A task of its own: what talks to a model may not be interrupted to send a heartbeat.
        writing = asyncio.create_task(self._write(waiting))
        hang_up = asyncio.create_task(_cancel_on_hang_up(writing, receive))
        try:
            while (event := await self._next(waiting, writing, told)) is not None:
                if not isinstance(event, Refusal):
                    await told.tell(event)
                elif told.has_begun:
                    await told.tell(_refused(event))
                else:
                    await refusal_response(event)(scope, receive, send)
                    return
            if not writing.cancelled():
                writing.result()  # raises what no refusal was made of
                await told.end()
        finally:
            hang_up.cancel()
            writing.cancel()
            await asyncio.wait({writing, hang_up})

    async def _write(self, waiting: "_Waiting") -> None:
        async with contextlib.aclosing(self._events) as events:
            try:
                async for event in events:
                    await waiting.put(event)
            except Refusal as refusal:
                await waiting.put(refusal)

    async def _next(
        self, waiting: "_Waiting", writing: "asyncio.Task[None]", told: Told
    ) -> GenerateEvent | Refusal | None:
        """The next event, or the refusal; None when there will be none. Sends a comment when there is none for long."""
        getting = asyncio.create_task(waiting.get())
        try:
            while not getting.done():
                if writing.done() and waiting.empty():
                    return None
                done, _ = await asyncio.wait(
                    {getting, writing}, timeout=self._heartbeat_seconds, return_when=asyncio.FIRST_COMPLETED
                )
                if not done:
                    await told.keep_alive()
            return getting.result()
        finally:
            getting.cancel()


_Waiting = asyncio.Queue[GenerateEvent | Refusal]


async def _cancel_on_hang_up(writing: "asyncio.Task[None]", receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    writing.cancel()


def _refused(refusal: Refusal) -> DraftRefusedEvent:
    """The last event of a draft that came to nothing."""
    retry_after = refusal.retry_after_seconds if isinstance(refusal, ModelFailed) else None
    return DraftRefusedEvent(**dict(RefusalBody.of(refusal)), retry_after_seconds=retry_after)
