"""Lines that stand for code which a model left out: `# ... rest of the code`, `pass  # existing code`.

A remark has to be nothing else. It is looked at as a whole, because most of its words are those of good remarks too:
`# keep the original order`, `# the rest of the program waits for input`.
"""

import re
from typing import Final

# A remark that says more than that something was left out is no placeholder.
_MAX_CHARACTERS: Final = 120

_REMARK: Final = re.compile(
    r"(?P<empty>(?:pass|\.\.\.|…|raise NotImplementedError(?:\([^()]*\))?)\s*(?=#))?"
    r"(?P<remark>(?:#|\.\.\.|…|\[|<|//|/\*|\().*)"
)
_STRING: Final = re.compile(r"""[rRuU]?(\"\"\"|\'\'\'|\"|\')(?P<text>[^"']+)\1""")
_MARKS: Final = " \t#/*!:.…()[]<>{}-=~_"
_DOTS: Final = r"(?:\.\.\.|…)"
_BRACKETS: Final = re.compile(r"[\s#/*.…-]*[(\[<].*[)\]>][\s.…*/-]*")
_BEGINS_WITH_DOTS: Final = re.compile(rf"[\s#/*]*[(\[<]?\s*{_DOTS}")
_ENDS_WITH_DOTS: Final = re.compile(rf"{_DOTS}\s*[)\]>*/]*$")
_RULES: Final = re.compile(r"[\s#/*]*[-=~]{2,}.*[-=~]{2,}$")

# Between words there may be a comma.
_LEAD: Final = (
    r"(?:(?:todo|note|and|then|keep|leave|add|insert|put|include|continue|with|plus|all|of|the|your|my|our|these) )*"
)
_OLD: Final = r"(?:(?:existing|previous|original|earlier|above|old|other|remaining|same|current) )+"
_CODE: Final = (
    r"(?:(?:(?!this\b)\w+ )?(?:code|program|script|class(?:es)?|functions?|methods?|implementations?|logic|imports?"
    r"|routes?|handlers?|helpers?|endpoints?|definitions?)|(?:main|game|event) loop)"
    r"(?: (?:block|definition|statement|section|part)s?)?"
)
_WHOLE: Final = rf"(?:{_CODE}|file|game|app)"
_BEFORE: Final = (
    r"(?:before|above|previously|earlier|(?:in )?(?:(?:the|your|my) )?(?:previous|original|earlier|last)"
    r"(?: (?:version|answer|program|code|message|one))?)"
)
_UNCHANGED: Final = (
    r"(?:(?:still|which|that|will|be|remains?|stays?|is|are|goes|continues?|follows?|exactly|completely|left|kept) )*"
    rf"(?:unchanged|untouched|intact|identical|omitted|truncated|not (?:shown|changed)|(?:the )?same(?: as {_BEFORE})?"
    rf"|(?:as|from|like) {_BEFORE}|as (?:it|they) (?:was|were|is|are)|as is)"
    rf"(?: here| above|(?: from| as)? {_BEFORE}| for brevity)?"
)
_HERE: Final = r"(?:(?:goes?|is|are|continues?|comes?|follows?) )?(?:here|above|below|follows|continues)"

_REST: Final = r"(?:rest|remainder|remaining parts?)"

_LEFT_OUT: Final = re.compile(
    "|".join(
        (
            rf"{_LEAD}{_OLD}{_CODE} (?:{_UNCHANGED}|{_HERE})",
            rf"{_LEAD}{_CODE} (?:(?:above|below|here) )?{_UNCHANGED}",
            rf"{_LEAD}{_REST} of {_LEAD}(?:{_OLD})?{_CODE}(?: (?:{_UNCHANGED}|{_HERE}))?",
            rf"{_LEAD}{_REST} of {_LEAD}(?:{_OLD}{_WHOLE}|{_WHOLE} (?:{_UNCHANGED}|{_HERE}))",
            r"(?:add|insert|put|include|paste) (?:the )?rest (?:goes )?here",
            rf"{_LEAD}(?:everything(?: else)?|rest) {_UNCHANGED}",
            rf"{_LEAD}same (?:{_CODE} )?as {_BEFORE}",
            rf"keep(?:ing)? {_LEAD}(?:existing|previous|original|remaining|other) {_CODE}",
            rf"(?:your|more|insert|add|put|paste) (?:(?:your|own|more|existing|rest|of|the) )*{_CODE} (?:goes? )?here",
            rf"{_LEAD}{_CODE} (?:goes|comes) here",
            r".*\b(?:omitted|truncated|shortened) for brevity\b.*",
        )
    )
)
# Where dots, brackets or an empty body say that something is missing, less has to be said of it.
_MISSING: Final = re.compile(rf"{_LEAD}(?:rest|{_UNCHANGED}|snip(?:ped)?|code continues(?: here| below)?)")
_NOT_YET: Final = re.compile(
    r"todo|(?:todo )?implement(?: (?:(?:this|the) (?:function|method)|the rest|this|it|me|later|here))*"
)
_MISSING_CODE: Final = re.compile(
    rf"{_LEAD}(?:{_OLD}|more |unchanged |omitted )+(?:{_WHOLE}|parts?|lines?)(?: (?:{_UNCHANGED}|{_HERE}))?"
)
_MORE_OF_IT: Final = re.compile(rf"(?:(?:all|the|your) )*{_OLD}\S.*")
# `add_task, remove_task as before`: names, and nothing else.
_NAME: Final = r"(?:[A-Za-z]\w*\(\)|[A-Za-z]+_\w+(?:\(\))?|(?:def|class) [A-Za-z]\w*(?:\(\))?)"
_REST_OF_NAME: Final = re.compile(rf"#+\s*(?:the )?rest of {_NAME},? {_UNCHANGED}[.…]*", re.IGNORECASE)
# Headings of a program's own parts look so too, and name functions; none is headed "existing code".
_RULED_CODE: Final = re.compile(rf"{_LEAD}(?:{_OLD}|unchanged )(?:code|program|script)")
_NAMES: Final = re.compile(rf"#+\s*(?P<names>{_NAME}(?:(?:,| and|,? \.\.\.,?)? {_NAME})*),? {_UNCHANGED}[.…]*")


def placeholder_line(code: str, before: str = "") -> int | None:
    """The first line that stands for code which was left out; one that the program had before is its own."""
    own = {line.strip() for line in before.splitlines()}
    for number, line in enumerate(code.split("\n"), start=1):
        said = line.strip()
        if len(said) <= _MAX_CHARACTERS and said not in own and (_leaves_out(said) or _leaves_out_names(said, code)):
            return number
    return None


def _leaves_out(said: str) -> bool:
    string = _STRING.fullmatch(said)
    found = _REMARK.fullmatch(said if string is None else f"# {string['text']}")
    if found is None:
        return False
    remark = found["remark"]
    has_dots = _BEGINS_WITH_DOTS.match(remark) is not None
    words = _words(remark)
    if not words:
        return string is None and remark.startswith("#") and has_dots
    if _LEFT_OUT.fullmatch(words) or _REST_OF_NAME.fullmatch(remark):
        return True
    if string is not None:
        return False  # a text by itself says what a function does
    is_missing = has_dots or found["empty"] or _ENDS_WITH_DOTS.search(remark) or _BRACKETS.fullmatch(remark)
    is_ruled = _RULES.fullmatch(remark)
    if ((is_missing or is_ruled) and _MISSING.fullmatch(words)) or (is_ruled and _RULED_CODE.fullmatch(words)):
        return True
    if found["empty"] and _NOT_YET.fullmatch(words):
        return True
    return bool(is_missing and _MISSING_CODE.fullmatch(words)) or (has_dots and bool(_MORE_OF_IT.fullmatch(words)))


def _words(remark: str) -> str:
    """In lower case, with one space between them and none of the marks around them."""
    inner = re.sub(r"\.\.\.|[…()\[\]<>{}:;,]", " ", remark.strip(_MARKS))
    return " ".join(inner.lower().split()).rstrip(" .")


def _leaves_out_names(said: str, code: str) -> bool:
    """Whether it names functions, and says no more of them than that they are as they were; and they are not there."""
    found = _NAMES.fullmatch(said)
    names = re.findall(r"[A-Za-z]\w*", re.sub(r"\b(?:and|def|class) ", " ", found["names"])) if found else []
    return any(
        not re.search(rf"^\s*(?:async )?(?:def|class)\s+{name}\b|^\s*{name}\s*[:=]", code, re.MULTILINE)
        for name in names
    )
