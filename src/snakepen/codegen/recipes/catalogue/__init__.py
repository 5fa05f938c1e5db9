"""The recipes, by theme; each module has one tuple of them."""

from functools import cache

from snakepen.codegen.recipes.recipe import Recipe


@cache
def recipes() -> tuple[Recipe, ...]:
    """All recipes, by their titles. The first call imports them; programs are read when they are asked for."""
    from snakepen.codegen.recipes.catalogue import (
        charts,
        data,
        dates,
        everyday,
        games,
        geometry,
        lists,
        mathematics,
        money,
        numbers,
        pictures,
        puzzles,
        texts,
        wordplay,
    )

    themes = (
        everyday.EVERYDAY,
        money.MONEY,
        games.GAMES,
        puzzles.PUZZLES,
        mathematics.MATHEMATICS,
        numbers.NUMBERS,
        lists.LISTS,
        geometry.GEOMETRY,
        dates.DATES,
        texts.TEXTS,
        wordplay.WORDPLAY,
        data.DATA,
        charts.CHARTS,
        pictures.PICTURES,
    )
    return tuple(sorted((recipe for theme in themes for recipe in theme), key=lambda recipe: recipe.title.lower()))
