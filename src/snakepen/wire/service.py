"""What the server says of itself: its health, its limits, its environment."""

from typing import Literal

from pydantic import Field

from snakepen.wire.model import AnswerModel

LayerState = Literal["on", "soft", "off"]


class IsolationInfo(AnswerModel):
    """What stands between a program and this machine."""

    level: Literal["namespaces", "none"]
    layers: dict[str, LayerState]


class CapacityInfo(AnswerModel):
    """Runs now, runs waiting, and how many more would start at once."""

    running: int
    queued: int
    free: int


class LimitInfo(AnswerModel):
    """What a request that does not name the limit gets, and the most it may ask for."""

    default: int | float
    maximum: int | float


class LimitsInfo(AnswerModel):
    """Every limit of a run."""

    timeout: LimitInfo
    cpu_seconds: LimitInfo
    memory_bytes: LimitInfo
    processes: LimitInfo
    output_bytes: LimitInfo
    disk_bytes: LimitInfo
    open_files: LimitInfo


class Health(AnswerModel):
    """The answer of GET /api/execute."""

    status: Literal["ok", "unavailable"]
    message: str
    platform: str = Field(description="`sys.platform` of the server.")
    version: str
    languages: list[Literal["python"]]
    python: str = Field(description="The version programs run on.")
    isolation: IsolationInfo
    capacity: CapacityInfo
    limits: LimitsInfo


class PackageInfo(AnswerModel):
    """An installed distribution."""

    name: str
    version: str


class EnvironmentInfo(AnswerModel):
    """What programs can import besides the standard library."""

    name: str
    python: str
    packages: list[PackageInfo]
