"""Built-in recipes: good small programs for what people often ask for, found by plain rules and no language model.

`recipe.py` has what a recipe is, `finding.py` and `spelling.py` the rules, `catalogue/` the recipes, and
`programs/` what people get.
"""

from snakepen.codegen.recipes.catalogue import recipes
from snakepen.codegen.recipes.finding import Found, Missed, Nearest, find, near_miss, nearest
from snakepen.codegen.recipes.recipe import Recipe
from snakepen.codegen.recipes.spelling import Respelled, respelled

__all__ = [
    "Found",
    "Missed",
    "Nearest",
    "Recipe",
    "Respelled",
    "find",
    "near_miss",
    "nearest",
    "recipes",
    "respelled",
]
