"""How every type of the wire behaves: strict, closed, immutable."""

from functools import partial
from typing import Final

from pydantic import BaseModel, ConfigDict, Field


class WireModel(BaseModel):
    """A type that a client sends: `"5"` and `true` are no numbers, NaN is none either, and a name that is not
    ours is refused, so that a typing error is never silently ignored."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class AnswerModel(BaseModel):
    """A type that we send; every field is always there."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


# Many of something that a client sends. The first that is wrong ends it: each would cost its description.
Items: Final = partial(Field, strict=False, fail_fast=True)
