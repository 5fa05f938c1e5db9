"""Which environment variables a request may set."""

import pytest

from snakepen.policy import variable_problem


@pytest.mark.parametrize(
    "name", ["COLOUR", "TZ", "LC_ALL", "LANG", "PATH", "HOME", "MPLBACKEND", "a", "With Space", "É"]
)
def test_ordinary_names_are_allowed(name: str) -> None:
    assert variable_problem(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *("PYTHONPATH", "PYTHONHASHSEED", "PYTHON", "pythonpath", "LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT"),
        *("DYLD_INSERT_LIBRARIES", "GLIBC_TUNABLES", "MALLOC_CHECK_", "BASH_ENV", "ENV", "BASH_FUNC_x%%", "SHELLOPTS"),
        *("GCONV_PATH", "LOCPATH", "RES_OPTIONS", "HOSTALIASES", "NODE_OPTIONS", "PERL5OPT", "RUBYOPT"),
        *("", "A=B", "A\0B"),
    ],
)
def test_names_that_change_what_starts_are_not(name: str) -> None:
    assert variable_problem(name)
