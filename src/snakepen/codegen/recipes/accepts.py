"""Texts that a prompt may put into a program: each a closed set of characters, checked for its shape."""

import re
from datetime import date
from typing import Final

_MAX_FORMULA_CHARACTERS: Final = 60
_FUNCTIONS: Final = "sinh|cosh|tanh|asin|acos|atan|sin|cos|tan|exp|log|ln|sqrt|abs"
_TOKEN: Final = re.compile(
    rf"\s*(?:(?P<function>{_FUNCTIONS})\s*(?=\()|(?P<operand>(?:0|[1-9]\d*)(?:\.\d+)?|pi|e|x)|(?P<other>[-+*/^()]))"
)
# What a formula may be made of, wherever one stands in a sentence. A letter on either side makes it a word.
FORMULA: Final = re.compile(
    rf"(?<![^\W\d_])((?:(?:(?:{_FUNCTIONS})\s*\(|(?:pi|e|x)(?![^\W\d_²³])|\d+(?:\.\d+)?|[-+*/^()²³])\s*)+)",
    re.IGNORECASE,
)
EQUATION: Final = re.compile(r"(?<![^\W\d_])((?:(?:[xX](?![^\W\d_²³])|\d+(?:\.\d+)?|[-+*^()=²−])\s*)+)")
SUM: Final = re.compile(
    r"(?<![\w.,])((?:[-(]\s*)*\d[\d.,]*(?:[\s)]*(?:\*\*|//|[-+*/^×÷%x−])[\s(-]*\d[\d.,]*)+[\s)]*)(?!\w)", re.IGNORECASE
)
# By what they measure; as the program knows them (programs/unit-converter.py), each with an s as well.
UNITS: Final = {
    "length": "m km cm mm mi yd ft in meter metre kilometer kilometre centimeter centimetre millimeter millimetre mile"
    " yard foot feet inch inche",
    "weight": "kg g t lb oz kilo kilogram gram ton tonne pound ounce",
    "volume": "l ml gal pt cup liter litre gallon pint",
    "speed": "km/h mph m/s kn kmh kph knot",
    "time": "s min h day week sec second minute hour",
    "temperature": "c f k celsius fahrenheit kelvin",
}
_KIND_OF: Final = {name + end: kind for kind, names in UNITS.items() for name in names.split() for end in ("", "s")}
_UNIT: Final = rf"(?:degrees?\s+|°\s*)?(?:{'|'.join(sorted(_KIND_OF, key=len, reverse=True))})"
CONVERSION: Final = re.compile(rf"(?<![^\W\d_])({_UNIT}\s+(?:to|into|in|as)\s+{_UNIT})(?![\w/])", re.IGNORECASE)
# A text in quotes, or a word that is said to be one: `that says HELLO`, `print HELLO in ...`.
_NO_TEXT: Final = r"(?!(?:a|any|the|this|my|some|it|text|texts|word|words|something|anything|letters|art)\b)"
SAID: Final = re.compile(
    r"(?:[\"“„«‘]|(?<!\w)')(?P<quoted>[^\"“”„«»‘’]+?)(?:[\"“”»’]|'(?!\w))"
    rf"|\b(?:says|saying|say)\s+{_NO_TEXT}(?P<said>\w{{1,40}})"
    rf"|\b(?:print|write|show|display)\s+{_NO_TEXT}(?P<shown>\w{{1,40}})\s+(?:in|as|with)\b",
    re.IGNORECASE,
)
QUOTED: Final = re.compile(r"(?:[\"“„«‘]|(?<!\w)')([^\"“”„«»‘’]+?)(?:[\"“”»’]|'(?!\w))")
# As well `is racecar a palindrome`.
ASKED_WORD: Final = re.compile(
    rf"{QUOTED.pattern}|\bis\s+{_NO_TEXT}(?!(?:that|there|your|one|each)\b)(\w{{1,40}})\s+a\s+palindrome\b",
    re.IGNORECASE,
)
# A name in quotes is taken whole, with its spaces.
_FILE: Final = (
    r"(?:[\"“„«‘]|(?<!\w)')([^\"“”„«»‘’'\n]{{0,100}}\.{0})(?=[\"“”»’'])"
    r"|(?<![\w./\\:~-])([\w./\\:~-]{{1,100}}\.{0})(?!\w)"
)
CSV_FILE: Final = re.compile(_FILE.format("csv"), re.IGNORECASE)
JSON_FILE: Final = re.compile(_FILE.format("json"), re.IGNORECASE)
MARKDOWN_FILE: Final = re.compile(_FILE.format("md"), re.IGNORECASE)
# Two numbers or more: `3, 1 and 2`, `3 1 2`, `[3,1,2]`.
_ONE_NUMBER: Final = r"-?\d+(?:\.\d+)?"
NUMBERS: Final = re.compile(
    rf"(?<![\w.,+*/^-])({_ONE_NUMBER}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+){_ONE_NUMBER})+)(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_MAX_NUMBERS: Final = 20
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH: Final = "|".join(
    sorted({name for month in _MONTHS for name in (month, month[:3], "sept")}, key=len, reverse=True)
)
# 2024-12-31, 31 December 2024, December 31st, 2024; what 12/11/2024 is depends on who wrote it.
DATE: Final = re.compile(
    r"(?<![\w./-])(\d{4}-\d{1,2}-\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTH})\.?,?\s+\d{{4}}"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})(?![\w/-])",
    re.IGNORECASE,
)
# Numbers in a row: `3, 4 and 5`. What else is written onto one would be lost.
_ONE_CHARTED: Final = r"-?\d+(?:\.\d+)?(?:\s?%)?"
CHARTED_NUMBERS: Final = re.compile(
    rf"(?<![\w.,$€£/^*+-])({_ONE_CHARTED}(?:(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+){_ONE_CHARTED})+)(?![\w%/^*+]|[.,-]\d)",
    re.IGNORECASE,
)
EMAIL: Final = re.compile(r"(?<![^\s\"'“„«‘(<])([\w.!#$%&*+=?^~-]+@[\w.@-]*\w)(?=[.,;:!?]?(?:[\s\"'”»’)>]|$))")
_COLOURS: Final = (
    "red|green|blue|yellow|orange|purple|violet|pink|magenta|brown|black|gray|grey|cyan|turquoise|gold|navy|crimson"
)
COLOUR: Final = re.compile(rf"(?<![\w-])({_COLOURS})(?![\w-])", re.IGNORECASE)
# As programs/star-shapes.py knows them, and the words for each; the first that fits is taken.
SHAPES: Final = {
    "inverted triangle": r"(?:inverted|reversed?|upside[- ]down|downward)\s+(?:right\s+|right[- ]angled\s+)?triangle",
    "inverted pyramid": r"(?:inverted|reversed?|upside[- ]down|downward)\s+pyramid",
    "triangle": r"(?:right\s+|right[- ]angled?\s+)?triangle",
    "pyramid": "pyramid",
    "diamond": r"diamond|rhombus",
    "square": "square",
    "tree": r"(?:christmas|xmas)\s+tree",
}
SHAPE: Final = re.compile(rf"\b({'|'.join(SHAPES.values())})s?\b", re.IGNORECASE)
MARK: Final = re.compile(r"\b(?:of|with|from|using)\s+(?:the\s+)?[\"'“‘`]?([*#+@$&=~^])[\"'”’`]?(?!\w)")


def formula(text: str) -> str | None:
    """A function of x, such as `2x^2 + sin(x)`; what stands alone as x or as a number is none."""
    text = _plain(text)
    if len(text) > _MAX_FORMULA_CHARACTERS or not re.search(r"x(?![a-z])", text) or text in ("x", "(x)"):
        return None
    # A tower of powers, or of a long number, keeps a computer busy for ever.
    if re.search(r"\d{7}|\^[^-+*/]*\^", text):
        return None
    return text if _is_expression(text) else None


def quadratic(text: str) -> str | None:
    """An equation whose highest power of x is the second."""
    text = _plain(text)
    left, equals, right = text.partition("=")
    if len(text) > _MAX_FORMULA_CHARACTERS or not equals or not (_is_expression(left) and _is_expression(right)):
        return None
    powers = re.findall(r"x\^(\d+)", text.replace(" ", ""))
    return text if text.count("^") == len(powers) and powers and set(powers) <= {"1", "2"} and "2" in powers else None


def arithmetic(text: str) -> str | None:
    """A sum of numbers without names, such as `2 * (3 + 4)`."""
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text.lower())
    text = text.translate(str.maketrans("×x÷−", "**/-"))
    text = re.sub(r"\s+", " ", text).strip(" .,")
    # `**`, `//` and `%` stand between numbers as `*` does.
    plain = re.sub(r"\*\*|//|%", "*", text)
    if (
        len(text) > _MAX_FORMULA_CHARACTERS
        or re.search(r"[,a-z]|\d{16}|\d \d|\.\d*\.", text)
        or not re.search(r"\d", text)
    ):
        return None
    return text if re.search(r"\d.*[-+*/^%]", text) and _is_expression(plain) else None


def conversion(text: str) -> str | None:
    """Two units of one kind: `miles to km`."""
    units = re.sub(r"degrees?\s+|°\s*", "", text.lower()).split()
    if len(units) != 3 or units[1] not in ("to", "into", "in", "as"):
        return None
    kinds = {_KIND_OF.get(units[0]), _KIND_OF.get(units[2])}
    return f"{units[0]} to {units[2]}" if len(kinds) == 1 and None not in kinds else None


def plain_text(text: str) -> str | None:
    """A few printable characters of ASCII."""
    return text if re.fullmatch(r"[\w !?.,:;+*/=()&%#@-]{1,20}", text, re.ASCII) and text.strip() else None


def sentence(text: str) -> str | None:
    """A line of printable characters of ASCII, none of them one that Python reads otherwise between quotes."""
    return text if re.fullmatch(r"[\w !?.,:;+*/=()&%#@'-]{1,60}", text, re.ASCII) and text.strip() else None


def file_name(text: str) -> str | None:
    """The name of a file in the program's own folder."""
    return text if len(text) <= 45 and re.fullmatch(r"[\w-]+(?: [\w-]+)*\.\w{1,4}", text, re.ASCII) else None


def numbers(text: str) -> str | None:
    """Numbers with commas between them; what 1,000 is among them nobody can tell."""
    found = re.findall(_ONE_NUMBER, text)
    if len(found) > _MAX_NUMBERS or re.search(r"\d,\d{3}(?!\d)", text) or any(len(one) > 10 for one in found):
        return None
    text = ", ".join(found)
    return text if len(text) <= _MAX_FORMULA_CHARACTERS else None


def whole_numbers(text: str) -> str | None:
    """The same of whole numbers above zero."""
    found = numbers(text)
    return found if found is not None and all(re.fullmatch(r"[1-9]\d*", one) for one in found.split(", ")) else None


def iso_date(text: str) -> str | None:
    """A date as 2024-12-31, if there is that day."""
    words = re.findall(r"\d+|[a-z]{3,}", text.lower())
    if words[0].isalpha():
        words[:2] = reversed(words[:2])
    year, month, day = (words[0], words[1], words[2]) if len(words[0]) == 4 else (words[2], words[1], words[0])
    if month.isalpha():
        month = str(next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(month[:3])))
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def charted_numbers(text: str) -> str | None:
    """Two to forty numbers, with a space between them, if it is plain which: `1,200` might be one or two."""
    parts = re.findall(_ONE_CHARTED, text)
    if not 2 <= len(parts) <= 40 or re.search(r"%|\d,\d{3}(?!\d)|(?<![.\d])0\d|\d{10}", text):
        return None
    # What looks like years is what numbers are of.
    return None if all(re.fullmatch("(?:19|20)\\d\\d", part) for part in parts) else " ".join(parts)


def shares(text: str) -> str | None:
    """Numbers or percentages as parts of a whole: none below zero, and not all of them zero."""
    found = charted_numbers(text.replace("%", ""))
    if found is None or "-" in found or not re.search("[1-9]", found):
        return None
    whole = sum(float(number) for number in found.split())
    return found if "%" not in text or abs(whole - 100) < 0.5 else None


def email(text: str) -> str | None:
    """What may be meant for an e-mail address, right or wrong."""
    return text if re.fullmatch(r"[\w.!#$%&*+=?^~@-]{3,60}", text, re.ASCII) else None


def colour(text: str) -> str | None:
    """The name of a colour."""
    return text.lower() if re.fullmatch(_COLOURS, text, re.IGNORECASE) else None


def shape(text: str) -> str | None:
    """A shape by the program's name for it."""
    if text in SHAPES:
        return text
    return next((name for name, words in SHAPES.items() if re.fullmatch(words, text, re.IGNORECASE)), None)


def mark(text: str) -> str | None:
    """A character to draw with."""
    return text if re.fullmatch(r"[*#+@$&=~^]", text) else None


def _plain(text: str) -> str:
    text = text.lower().replace("**", "^").replace("²", "^2").replace("³", "^3").replace("−", "-")
    # A sentence may go on with a full stop or a dash, and spaces may stand anywhere.
    return re.sub(r"\s+", " ", text).rstrip(" .,-+*/^=").lstrip(" .,+*/^=)")


def _is_expression(text: str) -> bool:
    """Whether it is operands with operators between them, or nothing where a product is usual: 2x, 3(x + 1)."""
    depth, wants_operand, at, before = 0, True, 0, ""
    text = text.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or not token[0].isascii():
            return False
        at, this = token.end(), token[0].strip()
        if this in ("+", "-") and (not wants_operand or before in ("", "(", "^")):
            wants_operand = True
        elif this in ("*", "/", "^"):
            if wants_operand:
                return False
            wants_operand = True
        elif this == ")":
            depth -= 1
            if wants_operand or depth < 0:
                return False
        elif this == "(":
            # x(x + 1) looks like the call of a function.
            if before in ("x", "e", "pi"):
                return False
            depth += 1
            wants_operand = True
        elif this in ("+", "-"):
            return False
        else:
            if token["operand"] and this[0].isdigit() and not wants_operand:
                return False
            wants_operand = bool(token["function"])
        before = this
    return depth == 0 and not wants_operand
