"""Settings: sources, halves, and what may not be."""

import sys
from pathlib import Path

import pytest

from snakepen import limits
from snakepen.errors import SetupError
from snakepen.settings import is_loopback, load_settings
from snakepen.variables import TOLD_TO_TESTS


def test_the_defaults_are_the_contracts() -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.token, settings.isolation) == ("127.0.0.1", 3001, None, "namespaces")
    assert (settings.limits.timeout.default, settings.limits.timeout.maximum) == (10, 60)
    assert settings.i_trust_the_code is False


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])
def test_what_others_can_reach_is_known(host: str) -> None:
    assert not is_loopback(host)


def test_one_half_of_a_limit_keeps_the_other(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("[limits.timeout]\ndefault = 3\n[limits.memory_bytes]\nmaximum = 8589934592\n")
    taken = load_settings(file).limits
    assert (taken.timeout.default, taken.timeout.maximum) == (3, 60)
    assert (taken.memory_bytes.default, taken.memory_bytes.maximum) == (512 * 1024**2, 8 * 1024**3)
    assert isinstance(taken.memory_bytes.default, int)


def test_the_token_is_not_printed() -> None:
    settings = load_settings(token="secret-of-the-tests")
    assert "secret-of-the-tests" not in repr(settings)


def test_a_wrong_token_is_not_printed_either() -> None:
    with pytest.raises(SetupError) as raised:
        load_settings(token="hushhush")
    assert "hushhush" not in str(raised.value)


def test_the_file_of_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "snakepen.toml").write_text("port = 4000\n")
    monkeypatch.chdir(tmp_path)
    assert load_settings().port == 4000
    monkeypatch.setenv("SNAKEPEN_PORT", "4001")
    assert load_settings().port == 4001
    assert load_settings(port=4002).port == 4002


@pytest.mark.parametrize(
    ("toml", "name"),
    [
        ('isolation = "none"', "isolation"),
        ('ISOLATION = "none"', "isolation"),
        ("i_trust_the_code = true", "i_trust_the_code"),
        ('data_dir = "data"', "data_dir"),
        ('[models]\nopenai_url = "http://127.0.0.1:9"', "models.openai_url"),
        ('[Models]\nopenai_url = "http://127.0.0.1:9"', "models.openai_url"),
        ('host = "0.0.0.0"\ntoken = "known-to-whoever-wrote-this"', "host"),
        ('token = "known-to-whoever-wrote-this"', "token"),
        ('allowed_hosts = ["evil.example"]', "allowed_hosts"),
        ('allowed_origins = ["https://evil.example"]', "allowed_origins"),
        ('[page]\npython_url = "https://evil.example/"', "page.python_url"),
    ],
)
def test_the_file_of_the_current_folder_may_not_take_protection_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str, name: str
) -> None:
    (tmp_path / "snakepen.toml").write_text(toml)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SetupError, match=f"sets {name}, .* add --config snakepen.toml$"):
        load_settings()
    assert load_settings(Path("snakepen.toml"))


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that not even root can read")
def test_a_file_that_cannot_be_read_is_a_sentence() -> None:
    with pytest.raises(SetupError, match="settings cannot be read"):
        load_settings(Path("/proc/self/mem"))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SNAKEPEN_TOKN", "SNAKEPEN_TOKEN"),
        ("snakepen_tokn", "SNAKEPEN_TOKEN"),
        ("SNAKEPEN_TOKEN__X", "SNAKEPEN_TOKEN"),
        ("SNAKEPEN_LIMITS_TIMEOUT_MAXIMUM", "SNAKEPEN_LIMITS__TIMEOUT__MAXIMUM"),
        ("SNAKEPEN_LIMITS__TIMEOUT__MAXIMUMS", "SNAKEPEN_LIMITS__TIMEOUT__MAXIMUM"),
        ("SNAKEPEN_ALLOWED_HOST", "SNAKEPEN_ALLOWED_HOSTS"),
        ("SNAKEPEN_MUST_SANBOX", "SNAKEPEN_"),
    ],
)
def test_a_variable_that_sets_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, meant: str) -> None:
    monkeypatch.setenv(name, "sk-canary")
    with pytest.raises(SetupError, match=f"^There is no variable {name}: if {meant}.* is meant, set that") as error:
        load_settings()
    assert "canary" not in str(error.value)


def test_variables_are_taken_in_small_letters_and_what_tests_are_told_is_not_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in TOLD_TO_TESTS:
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("snakepen_limits__timeout__maximum", "7")
    assert load_settings().limits.timeout.maximum == 7


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("allowed_hosts", "Learn.Example", "learn.example"),
        ("allowed_hosts", "192.0.2.7", "192.0.2.7"),
        ("allowed_hosts", "[2001:0DB8::7]", "2001:db8::7"),
        ("allowed_origins", "HTTPS://Learn.Example/", "https://learn.example"),
        ("allowed_origins", "https://learn.example:443", "https://learn.example"),
        ("allowed_origins", "http://learn.example:443", "http://learn.example:443"),
        ("allowed_origins", "http://[2001:0DB8::7]:80", "http://[2001:db8::7]"),
        ("allowed_origins", "vscode-webview://abc", "vscode-webview://abc"),
    ],
)
def test_who_may_call_is_kept_as_browsers_write_it(name: str, given: str, taken: str) -> None:
    assert getattr(load_settings(None, **{name: [given]}), name) == (taken,)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *[
            ("allowed_hosts", host)
            for host in (
                "",
                "*",
                "*.example",
                "https://learn.example",
                "learn.example:443",
                "learn.example/",
                "lern.exämple",
            )
        ],
        *[
            ("allowed_origins", site)
            for site in (
                "",
                "*",
                "null",
                "learn.example",
                "https://",
                "https://*.example",
                "https://learn.example/x",
                "https://a@learn.example",
                "https://learn.example:x",
                "https://learn.example https://b.example",
            )
        ],
    ],
)
def test_who_could_never_call_is_refused(name: str, given: str) -> None:
    with pytest.raises(SetupError, match=rf"{name}\.0: .* is no .*: write it as browsers send it, .* such as "):
        load_settings(None, **{name: [given]})


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("SNAKEPEN_ALLOWED_HOSTS", '["learn.example"]'),
        ("SNAKEPEN_ALLOWED_ORIGINS", '["https://learn.example"]'),
        ("SNAKEPEN_MODELS__GOOGLE_MODELS", '["first", "second"]'),
        ("SNAKEPEN_ADMISSION", '{"name": value}'),
    ],
)
def test_a_variable_that_is_no_json_says_how_it_is_written(
    monkeypatch: pytest.MonkeyPatch, name: str, example: str
) -> None:
    monkeypatch.setenv(name, "learn.example")
    with pytest.raises(SetupError) as error:
        load_settings()
    assert str(error.value) == f"The variable {name} is read as JSON and is none: write it as {example}"


@pytest.mark.parametrize("name", limits.RANGES)
def test_a_maximum_is_what_can_be_carried(name: str) -> None:
    most = limits.RANGES[name].most
    assert getattr(load_settings(limits={name: {"maximum": most}}).limits, name).maximum == most
    with pytest.raises(SetupError, match=f"{name}: must be at most {most}\\.$"):
        load_settings(limits={name: {"maximum": most + 1}})


def test_numbers_are_told_as_they_can_be_set() -> None:
    with pytest.raises(SetupError, match="memory_bytes: must be at least 33554432"):
        load_settings(limits={"memory_bytes": {"maximum": 1}})
    with pytest.raises(SetupError, match=r"the default \(134217728\) is above the maximum \(67108864\)"):
        load_settings(limits={"memory_bytes": {"default": 128 << 20, "maximum": 64 << 20}})


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("limits.timeout.maximum = 0", "limits.timeout.maximum: Input should be greater than 0"),
        (
            'limits.timeout.maximum = "many"',
            "limits.timeout.maximum: Input should be a valid number, unable to parse string as a number",
        ),
        ("limits.timeout.maximum = true", "limits.timeout.maximum: must be a number"),
        ("port = true", "port: must be a number"),
        ("admission.running = true", "admission.running: must be a number"),
        ('data_dir = ""', "data_dir: must name a folder: as a path this would be the current one"),
        ('environment.wheels = ""', "environment.wheels: must name a folder: as a path this would be the current one"),
        (
            'data_dir = "~nobody.at.all/x"',
            "data_dir: begins with the home folder of a user whom this system does not know",
        ),
        ('pool.kinds = ["bare", "data", "bare"]', "pool: kinds: name each of them once"),
    ],
)
def test_a_wrong_value_is_told_once_under_its_own_name(tmp_path: Path, toml: str, sentence: str) -> None:
    file = tmp_path / "snakepen.toml"
    file.write_text(toml)
    with pytest.raises(SetupError) as error:
        load_settings(file)
    assert str(error.value) == f"A setting is wrong. {sentence}."


def test_the_users_home_can_be_meant_by_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERPROFILE" if sys.platform == "win32" else "HOME", str(tmp_path))
    assert load_settings(data_dir="~/pens").data_dir == tmp_path / "pens"


def test_keys_come_from_where_other_programs_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.setenv(name, f" {name.lower()}\n")
    models = load_settings().models
    keys = (models.openai_api_key, models.anthropic_api_key, models.google_api_key)
    assert [key and key.get_secret_value() for key in keys] == ["openai_api_key", "anthropic_api_key", "google_api_key"]
    monkeypatch.setenv("GEMINI_API_KEY", "gemini")
    monkeypatch.setenv("SNAKEPEN_MODELS__OPENAI_API_KEY", "mine")
    models = load_settings().models
    assert models.google_api_key is not None
    assert models.google_api_key.get_secret_value() == "gemini"
    assert models.openai_api_key is not None
    assert models.openai_api_key.get_secret_value() == "mine"


def test_a_variable_that_is_no_json_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNAKEPEN_MODELS__ENDPOINTS", '[{"name": "mine", "api_key": "sk-canary"')
    with pytest.raises(SetupError) as error:
        load_settings()
    assert "canary" not in str(error.value)


def test_a_key_is_not_in_what_prints_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "snakepen.toml"
    endpoint = '[[models.endpoints]]\nname = "mine"\nurl = "http://127.0.0.1:9"\napi_key = "sk-canary"\n'
    file.write_text(f'[models]\nopenai_api_key = "sk-canary"\n{endpoint}', "utf-8")
    settings = load_settings(file)
    assert settings.models.endpoints[0].name == "mine"
    assert "canary" not in f"{settings!r} {settings}" + settings.model_dump_json()


@pytest.mark.parametrize("default", ["a:b", "a:not-known-yet", "openai:mine", "ollama:qwen3-coder:30b"])
def test_a_default_model_that_there_can_be_is_taken(default: str) -> None:
    models = {"default": default, "endpoints": [{"name": "a", "url": "http://a"}], "openai_models": ["mine"]}
    assert load_settings(models=models).models.default == default


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('[models]\nopenai_api_key = "sk canary"', "models: openai_api_key must be ASCII without spaces"),
        ('[models]\nopenai_api_key = "sk-cänary"', "models: openai_api_key must be ASCII without spaces"),
        ('[models]\ndefault = "office:coder"', "default: must be SERVER:MODEL, with one of openai, "),
        ('[models]\ndefault = "openai"', "default: must be SERVER:MODEL"),
        ('[models]\nlocal = false\ndefault = "ollama:tiny"', "default: must be SERVER:MODEL"),
        (
            '[models]\ndefault = "a:c"\n[[models.endpoints]]\nname = "a"\nurl = "http://a"\nmodels = ["b"]',
            "to offer b, ",
        ),
        ('[[models.endpoints]]\nname = "openai"\nurl = "http://a"', "the name openai is taken"),
        ('[[models.endpoints]]\nname = "a"\nurl = "http://a"\n' * 2, "the name a is taken"),
        ('[[models.endpoints]]\nname = "A b"\nurl = "http://a"', "models.endpoints.0.name"),
        ('[[models.endpoints]]\nname = "a"\nurl = "a"', "models.endpoints.0.url"),
        ('[[models.endpoints]]\nname = "a"\nurl = "http://a"\napi_key = "a b"', "the api_key of a must be ASCII"),
    ],
)
def test_a_setting_of_models_that_is_wrong_is_named_and_no_key_told(tmp_path: Path, toml: str, words: str) -> None:
    file = tmp_path / "snakepen.toml"
    file.write_text(toml, "utf-8")
    with pytest.raises(SetupError) as error:
        load_settings(file)
    assert words in str(error.value)
    assert "nary" not in str(error.value)
