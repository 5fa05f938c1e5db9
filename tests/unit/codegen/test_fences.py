"""An answer comes apart the same way, however it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snakepen.codegen.fences import Part, Splitter

# What answers are made of, as far as the splitter is concerned.
LINES = st.lists(
    st.sampled_from(
        [
            *("```", "```python", "```py title=main.py", "```bash", "````", "````python", "~~~", "~~~python", "  ```"),
            *(
                "    ```",
                "   ```python",
                "``",
                "`",
                "``` x ` y",
                "~~~ a ~",
                "x = 1",
                "    y",
                "",
                " ",
                "prose, é 😀",
                "\f",
            ),
            *("<think>", "</think>", "a ``` b", "'''", "```" + "`" * 250, " " * 300, "\t```python"),
        ]
    ),
    max_size=12,
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
BEGINS = st.sampled_from(["", "", " ", "<think>", "<think>hm</think>", "<thin", "\n" * 250 + "<think>"])


def split(pieces: list[str]) -> tuple[list[Part], str | None, bool]:
    splitter = Splitter()
    parts = [part for piece in pieces for part in splitter.feed(piece)]
    parts += splitter.finish()
    merged: list[Part] = []
    for part in parts:
        assert part.text
        if merged and merged[-1].kind == part.kind:
            merged[-1] = Part(part.kind, merged[-1].text + part.text)
        else:
            merged.append(part)
    assert "".join(part.text for part in merged if part.kind == "code") == (splitter.program or "")
    assert splitter.size == len(splitter.program or "")
    return merged, splitter.program, splitter.is_open


@given(LINES, ENDS, BEGINS, st.booleans(), st.data())
def test_every_cutting_gives_the_same(lines: list[str], end: str, begin: str, ends: bool, data: st.DataObject) -> None:
    answer = begin + end.join(lines) + (end if ends else "")
    whole = split([answer])
    cuts = sorted(data.draw(st.sets(st.integers(0, len(answer)))))
    pieces = [answer[a:b] for a, b in zip([0, *cuts], [*cuts, len(answer)], strict=True)]
    assert split(pieces) == whole
    assert split(list(answer)) == whole


@given(st.text(), st.data())
def test_any_text_comes_apart_and_nothing_is_lost(answer: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(answer)))
    parts, _, _ = split([answer[:cut], answer[cut:]])
    assert split([answer])[0] == parts
    if "```" not in answer and "~~~" not in answer and "<think>" not in answer:
        assert "".join(part.text for part in parts) == answer.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("answer", "program"),
    [
        ("no program", None),
        ("a `x` and ```y``` in a line", None),
        ("```x` is no fence\ncode", None),
        ("```json\n{}\n```", None),
        ("```\nx\n```", "x\n"),
        ("```Python\nx\n```", "x\n"),
        ("```{.python}\nx\n```", "x\n"),
        ("```python:main.py\nx\n```", "x\n"),
        ("```python\nx\n```\n```python\ny\n```", "x\n"),
        ("```\nsome output\n```\n```python\nprint(2)\n```", "print(2)\n"),
        ("```\nsome output\n```\nby\n```\nmore\n```\n```py\nx\n```\n```python\ny\n```", "x\n"),
        ("```python\nx\n```\n```\nsome output\n```", "x\n"),
        ("```\nx\n```\n```bash\nls\n```\n```\ny\n```", "x\n"),
        ("```text\na\n```\n```console\nb\n```\n```pycon\nc\n```", None),
        ("```bash\n```python\nx\n```\n```\n```python\ny\n```", "y\n"),
        ("```python\n'''\n```json\n{}\n```\n'''\n```", "'''\n```json\n{}\n```\n'''\n"),
        ("```python\n    ```\n```", "    ```\n"),
        ("```python\nx\n``", "x\n``"),
        ("```python\n~~~\n```", "~~~\n"),
        ("```python\n```", ""),
        ("```python", ""),
        ("- a\n    ```python\n    if x:\n        y\n    ```\n", "if x:\n    y\n"),
    ],
)
def test_the_first_block_of_python_is_the_program(answer: str, program: str | None) -> None:
    assert split([answer])[1] == program
    assert split(list(answer))[1] == program


def test_a_block_that_says_nothing_is_held_back_until_it_is_known_what_it_is() -> None:
    output = "It prints:\n```\n2\n```\n"
    splitter = Splitter()
    assert splitter.feed(output + "So:\n") == [Part("text", "It prints:\n")]
    assert splitter.feed("```python\nprint(2)\n") == [Part("text", "```\n2\n```\nSo:\n"), Part("code", "print(2)\n")]
    splitter = Splitter()
    splitter.feed(output + "So.")
    assert splitter.size == 2
    assert splitter.finish() == [Part("code", "2\n"), Part("text", "So.")]


def test_a_block_that_is_not_closed_is_open_to_the_end() -> None:
    assert split(["```python\nx = 1"])[2]
    assert not split(["```python\nx = 1\n```"])[2]
    assert not split(["```bash\nls"])[2]


def test_code_is_told_before_its_line_ends() -> None:
    splitter = Splitter()
    assert splitter.feed("```python\nx") == [Part("code", "x")]
    assert splitter.feed(" = 1") == [Part("code", " = 1")]
    assert splitter.feed("\n`") == [Part("code", "\n")]
    assert splitter.feed("a`") == [Part("code", "`a`")]


def test_what_is_long_is_not_held_back() -> None:
    splitter = Splitter()
    assert splitter.feed("`" * 300) == [Part("text", "`" * 300)]
    assert Splitter().feed(" " * 300) == [Part("text", " " * 300)]
