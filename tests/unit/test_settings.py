"""Settings: sources, halves, and what may not be."""

from pathlib import Path

import pytest

from snakepen.errors import SetupError
from snakepen.settings import is_loopback, load_settings


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
    limits = load_settings(file).limits
    assert (limits.timeout.default, limits.timeout.maximum) == (3, 60)
    assert (limits.memory_bytes.default, limits.memory_bytes.maximum) == (512 * 1024**2, 8 * 1024**3)
    assert isinstance(limits.memory_bytes.default, int)


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
