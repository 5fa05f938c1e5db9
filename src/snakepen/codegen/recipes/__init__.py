"""Built-in recipes: good small programs for what people often ask for, found by plain rules and no language model.

`recipe.py` has what a recipe is, `finding.py` the rules, `catalogue.py` the recipes, and `programs/` what people get.
"""

from snakepen.codegen.recipes.catalogue import recipes
from snakepen.codegen.recipes.finding import Found, find
from snakepen.codegen.recipes.recipe import Recipe

__all__ = ["Found", "Recipe", "find", "recipes"]
