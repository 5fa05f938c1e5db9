"""Writes docs/reference/recipes.md from the catalogue; with --check, says whether it is what the catalogue makes."""

import sys
from pathlib import Path

from snakepen.codegen.recipes import recipes
from snakepen.codegen.recipes.recipe import Named, Number, Parameter

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "recipes.md"

HEAD = """\
# Recipes

Recipes are small built-in programs for what people often ask for. They are found without any language model, and are
labelled "built-in recipe, not AI", with the words of the prompt by which they were found. Each is an ordinary Python
file, in `src/snakepen/codegen/recipes/programs/`, that you can change as you like.

## How one is found

A prompt has to be in English, with at most 2,000 characters and 80 words. A recipe is considered when the prompt
contains one of its names ("times table", "count ... words"), asks for nothing that the recipe does not do, has no
number that it cannot take, and no other word that it does not know: "only", "backwards" or "even" would ask for
something else. Filler words, such as "please make me a simple", may be anywhere except in quotes, or where they say
what something is of or about: "a picture of me". A name counts 3, and every other word that the recipe knows counts 1.
The recipe with the highest count is found; when two have the same, none is. There are no recipes for another
programming language, for a window, a website or a phone, for help with existing code, or for a question that is to be
answered in words ("what are primes", but there is one for "what is 5 miles in km"). When no recipe is found, the
answer names the one that another spelling, or leaving out up to three words, would have found.

Numbers and texts of a prompt become the constants at the top of a program: "up to 20" makes `LAST = 20`. A number can
be written as `1,000`, `10k`, `2M`, `ten thousand` or `a million`, and where a curve begins or ends also as `2*pi`; a
text that is to be taken as it is, such as a name with spaces, has to be in quotes. A number beyond the bounds below is
not rounded to them: then the recipe is not found, and the answer names the recipe, the number and the bounds. A recipe
is not found either when a text has something that the program could not be given, such as a line feed or a character
that steers a terminal.

## All {count} of them

| recipe | what it does | a prompt that finds it | what a prompt can set |
|---|---|---|---|
"""


def page() -> str:
    text = HEAD.format(count=len(recipes()))
    for recipe in recipes():
        # Two rules may set one constant: seconds and minutes.
        settable = ", ".join(dict.fromkeys(described(parameter) for parameter in recipe.parameters))
        text += f"| {recipe.title} | {recipe.summary} | {recipe.prompt} | {settable} |\n"
    return text


def described(parameter: Parameter) -> str:
    match parameter:
        case Number(constant, least, most):
            return f"`{constant}` {least:,} to {most:,}"
        case Named(constant):
            return f"`{constant}` by its name"
        case _:
            return f"`{parameter.constant}`"


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        if PAGE.read_text("utf-8") == page():
            return 0
        print(f"{PAGE.name} is stale: run 'make recipes-page' and commit it.", file=sys.stderr)
        return 1
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
