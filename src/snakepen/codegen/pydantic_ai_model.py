"""Real models, through pydantic-ai. Nothing else imports that library, and nobody imports this before it is needed:
it takes over a second.

What a server of models says is a stranger's. An error of it becomes one of our sentences: its own may hold anything,
a part of the key included.
"""

import asyncio
import importlib
import math
from collections.abc import AsyncGenerator
from typing import Final, cast

import httpx2
import structlog
from pydantic_ai.direct import model_request_stream
from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
)
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ModelResponseStreamEvent,
    PartDeltaEvent,
    PartStartEvent,
    SystemPromptPart,
    TextPart,
    TextPartDelta,
    UserPromptPart,
)
from pydantic_ai.models import Model, StreamedResponse
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings

from snakepen.codegen.client import new_client
from snakepen.codegen.discovery import Chosen
from snakepen.codegen.model import Ended, Piece, Question
from snakepen.errors import ModelFailed
from snakepen.limits import MAX_ANSWER_BYTES, ModelPatience
from snakepen.wire.generate import TokenUsage

# A wait that a server asks for is passed on, up to this.
_MAX_RETRY_AFTER_SECONDS: Final = 3600
# Servers that want none still get a header; without one, the libraries would look for a key of their own.
_NO_KEY: Final = "none"
# A stream that ends without saying why was cut, and its program with it.
_TO_THE_END: Final = OpenAIModelProfile(openai_chat_streaming_requires_finish_reason=True)

log = structlog.get_logger()


class PydanticAiModel:
    """One model of one endpoint, with a client of its own."""

    def __init__(self, chosen: Chosen, patience: ModelPatience) -> None:
        self._chosen = chosen
        self._patience = patience
        self._client = new_client(chosen.endpoint, seconds=patience.first_seconds, most_bytes=MAX_ANSWER_BYTES)
        self._model = _model(chosen, self._client)

    async def answer(self, question: Question) -> AsyncGenerator[Piece]:
        """In pieces, an empty one for what is no text. Raises ModelFailed, whatever goes wrong."""
        patience = self._patience
        settings = ModelSettings(
            max_retries=0, first_event_timeout=patience.first_seconds, request_timeout=patience.whole_seconds
        )
        has_begun = False
        try:
            async with model_request_stream(
                self._model, _messages(question), model_settings=settings, instrument=False
            ) as stream:
                events = aiter(stream)
                while True:
                    async with asyncio.timeout(patience.between_seconds if has_begun else None):
                        event = await anext(events, None)
                    if event is None:
                        break
                    has_begun = True
                    yield _text(event)
                if stream.finish_reason is None:
                    raise ModelFailed(_broken_off(self._chosen))
                if stream.finish_reason == "content_filter":
                    raise ModelFailed(_unwilling(self._chosen))
                yield _end(stream)
        except ModelFailed:
            raise
        except Exception as error:
            raise _failure(self._chosen, error, has_begun=has_begun) from None

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()


def _text(event: ModelResponseStreamEvent) -> str:
    if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
        return event.part.content
    if isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
        return event.delta.content_delta
    return ""


def _end(stream: StreamedResponse) -> Ended:
    used = stream.usage
    usage = TokenUsage(input_tokens=used.input_tokens, output_tokens=used.output_tokens)
    return Ended(usage if used.input_tokens or used.output_tokens else None, is_cut=stream.finish_reason == "length")


def _messages(question: Question) -> list[ModelMessage]:
    messages: list[ModelMessage] = []
    for turn in question.turns:
        if turn.role == "assistant":
            messages.append(ModelResponse([TextPart(turn.text)]))
        else:
            messages.append(ModelRequest([UserPromptPart(turn.text)]))
    messages.insert(0, ModelRequest([SystemPromptPart(question.instructions)]))
    return messages


def _model(chosen: Chosen, client: httpx2.AsyncClient) -> Model:
    """What talks to an endpoint in its own protocol; those of extras are imported when they are asked for."""
    endpoint = chosen.endpoint
    key = endpoint.api_key.get_secret_value() if endpoint.api_key is not None else None
    if endpoint.kind == "anthropic":
        anthropic_models = importlib.import_module("pydantic_ai.models.anthropic")
        anthropic = importlib.import_module("pydantic_ai.providers.anthropic")
        provider = anthropic.AnthropicProvider(api_key=key or _NO_KEY, base_url=endpoint.url, http_client=client)
        return cast(Model, anthropic_models.AnthropicModel(chosen.name, provider=provider))
    if endpoint.kind == "google":
        google_models = importlib.import_module("pydantic_ai.models.google")
        google = importlib.import_module("pydantic_ai.providers.google")
        provider = google.GoogleProvider(api_key=key or _NO_KEY, base_url=endpoint.url, http_client=client)
        return cast(Model, google_models.GoogleModel(chosen.name, provider=provider))
    if endpoint.kind == "openai":
        openai = OpenAIProvider(api_key=key or _NO_KEY, base_url=endpoint.url, http_client=client)
        return OpenAIChatModel(chosen.name, provider=openai, profile=_TO_THE_END)
    assert endpoint.url is not None
    compatible = OpenAICompatibleProvider(
        endpoint.name, base_url=endpoint.url, api_key=key or _NO_KEY, http_client=client
    )
    return OpenAIChatModel(chosen.name, provider=compatible, profile=_TO_THE_END)


def _failure(chosen: Chosen, error: Exception, *, has_begun: bool) -> ModelFailed:
    """Our sentence for whatever went wrong; nothing of the error's own words, in the log neither."""
    status = error.status_code if isinstance(error, ModelHTTPError) else None
    log.info("model_failed", model=chosen.id, error=type(error).__name__, status=status)
    retry_after = None
    if isinstance(error, ModelAPIError) and error.retry_after is not None and math.isfinite(error.retry_after):
        retry_after = min(max(math.ceil(error.retry_after), 1), _MAX_RETRY_AFTER_SECONDS)
    sentence = _sentence(chosen, error, has_begun=has_begun)
    if retry_after is not None and isinstance(error, ModelRateLimitError | ModelUnavailableError):
        sentence = f"{sentence.removesuffix(_LATER)}: try again in {retry_after} s."
    return ModelFailed(sentence, retry_after_seconds=retry_after)


_LATER: Final = ": try again in a moment, or choose another model."


def _sentence(chosen: Chosen, error: Exception, *, has_begun: bool) -> str:
    title, provider = chosen.title, chosen.endpoint.title
    said = f" ({error.status_code})" if isinstance(error, ModelHTTPError) else ""
    match error:
        case ModelAuthenticationError():
            if chosen.endpoint.api_key is None:
                return f"{provider} needs a key{said}: set one for it in the settings, or choose another model."
            return f"{provider} rejects the key{said}: set the right one in the settings, or choose another model."
        case ModelNotFoundError():
            return f"{provider} has no model named {chosen.name}{said}: choose another."
        case ModelRateLimitError():
            return f"{provider} has had too many requests{said}{_LATER}"
        case ModelQuotaExceededError():
            return f"The account at {provider} has no credit left{said}: choose another model."
        case ModelContextWindowExceededError():
            return f"That is too long for {title}: shorten the program or the prompt, or choose another model."
        case ModelUnavailableError() | ModelServerError():
            return f"{provider} failed{said}{_LATER}"
        case ModelRequestTimeout() | ModelTimeoutError() | TimeoutError() if has_begun:
            return f"{title} stopped in the middle, and said nothing more{_LATER}"
        case ModelRequestTimeout() | ModelTimeoutError() | TimeoutError():
            return f"{title} did not answer in time{_LATER}"
        case ModelConnectionError() if not has_begun:
            return f"{provider} cannot be reached: check that it is running, or choose another model."
        case ContentFilterError():
            return _unwilling(chosen)
        case ModelRequestRejectedError() | ModelHTTPError():
            return f"{provider} rejected the request{said}: choose another model."
        case ModelAPIError() if has_begun:
            return _broken_off(chosen)
    return f"{provider} answered with something that is not a model's answer: choose another model."


def _broken_off(chosen: Chosen) -> str:
    return f"The connection to {chosen.endpoint.title} broke off before the program was whole{_LATER}"


def _unwilling(chosen: Chosen) -> str:
    return f"{chosen.title} will not write this: ask for something else."
