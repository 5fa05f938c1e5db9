"""Writes docs/reference/recipes.md from the catalogue; with --check, says whether it is what the catalogue makes."""

import sys
from pathlib import Path

from snakepen.codegen.recipes import recipes
from snakepen.codegen.recipes.recipe import Named, Number, Parameter

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "recipes.md"

HEAD = """\
# Recipes

Small programs that are built in, for what people often ask for. They are found without any language model, and labelled
"built-in recipe, not AI", with the words of the prompt that decided. Each is an ordinary Python file, in
`src/snakepen/codegen/recipes/programs/`, that is yours to change.

## How one is found

A prompt is in English, and has at most 2,000 characters and 80 words. A recipe is considered when the prompt has one of
its names ("times table", "count ... words"), nothing that it does not do, and no number that it cannot take. A name
counts 3, every other word that the recipe knows 1, and every word that it does not know -1; words that say nothing,
such as "please make me a simple", count nothing. What has most, and 3 or more, is found; when two have the same, none
is. Another programming language, a window, a website or a phone, help with code that is there, a question to be
answered in words: none of these is a recipe.

Numbers and texts of a prompt become the constants at the top of a program: "up to 20" makes `LAST = 20`. One beyond
the bounds below is not rounded to them: then the recipe is not found.

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
