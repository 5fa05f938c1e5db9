"""What the operator decides: read once, from `snakepen.toml` and `SNAKEPEN_*`, then frozen.

The command line overrides the environment, which overrides the file. Only the command line and the composition
root (`api/app.py`) read settings; everybody else is given values.
"""

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

import platformdirs
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from snakepen import limits
from snakepen.errors import SetupError
from snakepen.values import Folder, HostName, Number, Origin, Whole
from snakepen.variables import BETWEEN_NAMES, PREFIX, problem_of

DEFAULT_FILE = Path("snakepen.toml")
MIN_TOKEN_CHARACTERS = 16
# The file of the current folder may have come with somebody else's programs. It may not take the sandbox from them, nor
# name an environment of its own, whose interpreter makes the sandboxes, nor send a key of ours elsewhere; nor open the
# server to others, nor say where the page gets its Python.
_ONLY_WHEN_NAMED: Final = (
    *("isolation", "i_trust_the_code", "data_dir", "models.openai_url"),
    *("host", "token", "allowed_hosts", "allowed_origins", "page.python_url"),
)


class LimitSetting(BaseModel):
    """The default and the maximum of one limit; the minimum is not a setting."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    default: Annotated[Number, Field(gt=0)]
    maximum: Annotated[Number, Field(gt=0)]

    @model_validator(mode="after")
    def _default_within_maximum(self) -> Self:
        if self.default > self.maximum:
            raise ValueError(f"the default ({self.default}) is above the maximum ({self.maximum})")
        return self


class MaximumSetting(BaseModel):
    """The maximum of a limit whose default is another limit of the same run."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    maximum: Annotated[Number, Field(gt=0)]


def _setting(of: limits.Range) -> LimitSetting:
    return LimitSetting(default=of.default, maximum=of.maximum)


class LimitsSettings(BaseModel):
    """What one run may use. A limit given in part keeps its other half."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    timeout: LimitSetting = _setting(limits.WALL_SECONDS)
    cpu_seconds: MaximumSetting = MaximumSetting(maximum=limits.CPU_SECONDS.maximum)
    """By default a run may compute for as long as it may take."""
    memory_bytes: LimitSetting = _setting(limits.MEMORY_BYTES)
    processes: LimitSetting = _setting(limits.PROCESSES)
    output_bytes: LimitSetting = _setting(limits.OUTPUT_BYTES)
    disk_bytes: LimitSetting = _setting(limits.DISK_BYTES)
    open_files: LimitSetting = _setting(limits.OPEN_FILES)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for name, within in limits.RANGES.items():
            setting: LimitSetting | MaximumSetting = getattr(self, name)
            numbers = [setting.maximum, *([setting.default] if isinstance(setting, LimitSetting) else [])]
            if min(numbers) < within.minimum:
                raise ValueError(f"{name}: must be at least {within.minimum}")
            if max(numbers) > within.most:
                raise ValueError(f"{name}: must be at most {within.most}")
            if isinstance(within.minimum, int) and not all(float(number).is_integer() for number in numbers):
                raise ValueError(f"{name}: must be a whole number")
        return self

    @model_validator(mode="before")
    @classmethod
    def _fill_halves(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        filled = {}
        for name, value in given.items():
            field = cls.model_fields.get(name)
            default = field.default if field else None
            if isinstance(value, dict) and isinstance(default, LimitSetting):
                # A maximum lowered below the built-in default takes the default down with it.
                half = default.model_dump() | value
                if "default" not in value:
                    half["default"] = _lowered(default.default, value.get("maximum"))
                value = half
            filled[name] = value
        return filled


def _lowered(default: float, maximum: object) -> object:
    """The default under this maximum. Of a maximum that is none its own check tells, and nothing is wrong with both."""
    try:
        number = 0 if isinstance(maximum, bool) else float(maximum)  # type: ignore[arg-type]  # of any other float() tells
    except (TypeError, ValueError, OverflowError):
        return default
    return maximum if 0 < number < default else default


class TerminalSettings(BaseModel):
    """What a run with a terminal may take instead of a `timeout`."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    idle_seconds: Annotated[Number, Field(gt=0)] = limits.TERMINAL.idle_seconds
    """Without a byte in or out."""
    whole_seconds: Annotated[Number, Field(gt=0)] = limits.TERMINAL.whole_seconds
    cpu_seconds: Annotated[Number, Field(gt=0)] = limits.TERMINAL.cpu_seconds
    """Unless the run asks for another; never more than `limits.cpu_seconds.maximum`."""


class AdmissionSettings(BaseModel):
    """How many programs run at once, and how many may wait."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    running: Annotated[Whole, Field(ge=1, le=1024)] = max(8, 4 * (os.cpu_count() or 1))
    queue: Annotated[Whole, Field(ge=0, le=100_000)] = 256
    per_client: Annotated[Whole, Field(ge=1)] = 128
    """Running and waiting runs of one network address; behind a proxy everybody has the proxy's."""


class PoolSettings(BaseModel):
    """How much is kept ready for programs to come (isolation level `namespaces`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: Annotated[tuple[Literal["bare", "library", "data"], ...], Field(min_length=1)] = ("bare", "library", "data")
    """Warm interpreters. A program whose kind is not among them gets the first, and imports the rest itself."""
    ready: Annotated[Whole, Field(ge=1, le=256)] = 4
    """Blank runners of each kind."""
    memory_bytes: Annotated[Whole, Field(ge=32 * limits.MIB)] = 256 * limits.MIB
    """What all blank runners together may hold; more are made when many are asked for, up to this."""
    runs_per_zygote: Annotated[Whole, Field(ge=1)] = 1000
    """Then a warm interpreter is replaced by a new one."""

    @model_validator(mode="after")
    def _each_kind_once(self) -> Self:
        if len(set(self.kinds)) < len(self.kinds):
            raise ValueError("kinds: name each of them once")
        return self


class ArtifactsSettings(BaseModel):
    """What is kept of the files that programs make."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    keep_seconds: Annotated[Number, Field(gt=0)] = limits.KEEP_ARTIFACTS_SECONDS
    disk_bytes: Annotated[Whole, Field(ge=0)] = limits.KEPT_ARTIFACTS_BYTES
    """Of all programs together."""


class EnvironmentSettings(BaseModel):
    """Where the packages that programs import come from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wheels: Folder | None = None
    """A folder of wheels to install from, without any network."""


class PageSettings(BaseModel):
    """The page at `/ide`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    python_url: HttpUrl | None = None
    """The folder of a whole Pyodide distribution of the operator's own, for runs in the browser."""

    @model_validator(mode="after")
    def _folder(self) -> Self:
        if self.python_url is not None and not str(self.python_url).endswith("/"):
            raise ValueError("python_url: must end with '/', as the address of a folder does")
        return self


class EndpointSettings(BaseModel):
    """A server that speaks OpenAI's protocol."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    url: HttpUrl
    api_key: SecretStr | None = None
    models: tuple[str, ...] = ()
    """Without any, those that it lists."""


class ModelsSettings(BaseModel):
    """What writes programs for a prompt. A key is the server's alone: never shown, logged, or given to a program."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    default: str | None = None
    """An `id` of GET /api/models; without it, the first that is available."""
    local: bool = True
    """Whether servers of models on this machine are looked for."""
    openai_api_key: SecretStr | None = Field(default_factory=lambda: _key("OPENAI_API_KEY"))
    openai_url: HttpUrl = Field(
        default_factory=lambda: HttpUrl(os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1")
    )
    openai_models: tuple[str, ...] = ("gpt-6.1-sol", "gpt-6-luna")
    anthropic_api_key: SecretStr | None = Field(default_factory=lambda: _key("ANTHROPIC_API_KEY"))
    anthropic_models: tuple[str, ...] = ("claude-sonnet-5-5", "claude-haiku-5-5")
    google_api_key: SecretStr | None = Field(default_factory=lambda: _key("GEMINI_API_KEY", "GOOGLE_API_KEY"))
    google_models: tuple[str, ...] = ("gemini-3.8-flash", "gemini-4-argon")
    endpoints: tuple[EndpointSettings, ...] = ()

    @model_validator(mode="after")
    def _keys_that_a_header_carries(self) -> Self:
        keys = {f"{name}_api_key": getattr(self, f"{name}_api_key") for name in ("openai", "anthropic", "google")}
        keys |= {f"endpoints: the api_key of {endpoint.name}": endpoint.api_key for endpoint in self.endpoints}
        for name, key in keys.items():
            if key is not None and not re.fullmatch(r"[!-~]+", key.get_secret_value()):
                raise ValueError(f"{name} must be ASCII without spaces: no header could carry another")
        return self

    @model_validator(mode="after")
    def _one_name_each(self) -> Self:
        names = [endpoint.name for endpoint in self.endpoints]
        taken = sorted({name for name in names if names.count(name) > 1 or name in _TAKEN_NAMES})
        if taken:
            raise ValueError(f"endpoints: the name {taken[0]} is taken: give each endpoint one of its own")
        return self

    @model_validator(mode="after")
    def _default_that_there_can_be(self) -> Self:
        """As far as that is known before anybody was asked."""
        if self.default is None:
            return self
        offered = {endpoint.name: endpoint.models for endpoint in self.endpoints}
        offered |= {"openai": self.openai_models, "anthropic": self.anthropic_models, "google": self.google_models}
        offered |= dict.fromkeys(_LOCAL_NAMES if self.local else (), ())
        server, _, model = self.default.partition(":")
        if server not in offered or not model:
            raise ValueError(f"default: must be SERVER:MODEL, with one of {', '.join(offered)} for SERVER")
        if offered[server] and model not in offered[server]:
            raise ValueError(f"default: {server} is set to offer {', '.join(offered[server])}, and not {model}")
        return self


# What the others are called, and the recipes.
_LOCAL_NAMES: Final = ("ollama", "lmstudio", "llamacpp")
_TAKEN_NAMES: Final = frozenset({"openai", "anthropic", "google", "recipes", *_LOCAL_NAMES})


def _key(*names: str) -> SecretStr | None:
    """The key that other programs take from the environment as well."""
    found = next((key for name in names if (key := os.environ.get(name, "").strip())), None)
    return SecretStr(found) if found else None


class Settings(BaseSettings):
    """Everything an operator can set, with its default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter=BETWEEN_NAMES, frozen=True, extra="forbid", validate_default=True
    )

    host: str = "127.0.0.1"
    port: Annotated[Whole, Field(ge=0, le=65535)] = 3001
    token: SecretStr | None = None
    allowed_hosts: tuple[HostName, ...] = Field((), examples=[["learn.example"]])
    allowed_origins: tuple[Origin, ...] = Field((), examples=[["https://learn.example"]])
    isolation: Literal["namespaces", "none"] = "namespaces"
    i_trust_the_code: bool = False
    data_dir: Folder = Field(default_factory=lambda: platformdirs.user_data_path("snakepen", appauthor=False))
    limits: LimitsSettings = LimitsSettings()
    terminal: TerminalSettings = TerminalSettings()
    admission: AdmissionSettings = AdmissionSettings()
    pool: PoolSettings = PoolSettings()
    artifacts: ArtifactsSettings = ArtifactsSettings()
    environment: EnvironmentSettings = EnvironmentSettings()
    page: PageSettings = PageSettings()
    models: ModelsSettings = Field(default_factory=ModelsSettings)

    @model_validator(mode="after")
    def _token_where_others_can_reach(self) -> Self:
        if self.token is not None and len(self.token.get_secret_value()) < MIN_TOKEN_CHARACTERS:
            raise ValueError(f"token must have at least {MIN_TOKEN_CHARACTERS} characters")
        if self.token is not None and not re.fullmatch(r"[!-~]+", self.token.get_secret_value()):
            raise ValueError("token must be ASCII without spaces: no header could carry another")
        if self.token is None and not is_loopback(self.host):
            raise ValueError(
                f"host {self.host} can be reached by other machines, so a token is needed: set SNAKEPEN_TOKEN "
                "(python3 -c 'import secrets; print(secrets.token_urlsafe(32))' makes one)"
            )
        return self


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def load_settings(file: Path | None = None, **overrides: object) -> Settings:
    """Settings from the file, the environment and `overrides` (None means: not given).

    Without `file`, `snakepen.toml` of the current folder is read when it is there. Raises SetupError with one
    sentence that names the setting.
    """
    if file is not None and not file.is_file():
        raise SetupError(f"The settings file {file} does not exist.")
    source = file or DEFAULT_FILE
    if problem := problem_of(os.environ, Settings):
        raise SetupError(problem)

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            toml = TomlConfigSettingsSource(settings_cls, source)
            if file is None:
                _refuse_what_nobody_named(toml())  # by their names, however they are spelt there
            return init_settings, env_settings, toml

    given: dict[str, Any] = {name: value for name, value in overrides.items() if value is not None}
    try:
        return FromFile(**given)
    except ValidationError as error:
        raise SetupError(_sentence(error)) from error
    except (OSError, SettingsError, ValueError) as error:  # no leave to read it, no TOML, a variable that is no JSON
        raise SetupError(f"The settings cannot be read ({source} or SNAKEPEN_*): {error}.") from error


def _refuse_what_nobody_named(data: dict[str, Any]) -> None:
    """Raises SetupError when the file of the current folder sets what only a named one may."""
    for name in _ONLY_WHEN_NAMED:
        value: object = data
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            raise SetupError(
                f"{DEFAULT_FILE} of this folder sets {name}, which only a settings file that was named may set: if "
                f"that is meant, add --config {DEFAULT_FILE}"
            )


def _sentence(error: ValidationError) -> str:
    problems = []
    for item in error.errors(include_url=False, include_input=False, include_context=False):
        name = ".".join(str(part) for part in item["loc"])
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "there is no such setting"
        problems.append(f"{name}: {message}" if name else message)
    return "A setting is wrong. " + "; ".join(problems) + "."
