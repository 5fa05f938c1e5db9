"""Addresses of models."""

import pytest
from pydantic import SecretStr

from snakepen.codegen.endpoints import Endpoint, bases, is_loopback_url


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("http://127.0.0.1:11434/", "http://127.0.0.1:11434/v1"),
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1"),
        ("http://127.0.0.1:11434/v1/chat/completions", "http://127.0.0.1:11434/v1"),
        ("https://models.example/openai", "https://models.example/openai/v1"),
        ("https://models.example/v1beta/openai/", "https://models.example/v1beta/openai"),
        ("https://models.example/api/paas/v4", "https://models.example/api/paas/v4"),
    ],
)
def test_the_version_is_added_where_it_is_missing(url: str, first: str) -> None:
    assert bases(url)[0] == first


def test_an_address_without_a_version_may_be_meant_as_it_is() -> None:
    assert bases("https://models.example/inference") == (
        "https://models.example/inference/v1",
        "https://models.example/inference",
    )


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:1234/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://localhost.example/v1", False),
        ("http://192.168.0.7/v1", False),
        ("http://127.0.0.1.example/v1", False),
        ("http://127.0.0.1@models.example/v1", False),
    ],
)
def test_loopback_is_this_machine_and_nothing_else(url: str, local: bool) -> None:
    assert is_loopback_url(url) is local


def test_a_key_is_shown_by_nothing_that_prints_an_endpoint() -> None:
    endpoint = Endpoint("a", "A", "compatible", "http://127.0.0.1/v1", SecretStr("sk-canary"))
    assert "canary" not in repr(endpoint) + str(endpoint)
