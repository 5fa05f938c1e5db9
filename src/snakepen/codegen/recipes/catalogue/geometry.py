"""Recipes for circles, rectangles and triangles."""

from typing import Final

from snakepen.codegen.recipes.catalogue.numbers import FINDING
from snakepen.codegen.recipes.recipe import Number, Recipe

_LARGEST: Final = 100_000_000
_UNITS: Final = "cm, mm, meter, metre, inch, foot, feet"


def _length(constant: str, names: str, *others: str) -> Number:
    """A length that is said by its name: `width 5`, `a width of 5`."""
    return Number(constant, 0, _LARGEST, (f"{names} #", f"{names} of|is #", *others), whole=False)


GEOMETRY: Final = (
    Recipe(
        name="circle-area",
        title="Area of a circle",
        summary="Area and circumference of circles whose radius one types.",
        prompt="area of a circle with radius 5",
        names=(
            "area|circumference ... circle",
            "circle ... area|circumference",
            "circle calculator",
        ),
        knows=f"{FINDING}, {_UNITS}, area, circumference, circle, radius, pi, math, module",
        never="draw, plot, class, chart, diameter, unit, graph, sector, annulus, ring",
        parameters=(_length("RADIUS", "radius|r"),),
    ),
    Recipe(
        name="rectangle-area",
        title="Area of a rectangle",
        summary="Area, perimeter and diagonal of rectangles whose sides one types.",
        prompt="area of a rectangle 4 by 3",
        names=(
            "area|perimeter ... rectangle",
            "rectangle ... area|perimeter",
            "rectangle calculator",
        ),
        knows=f"{FINDING}, {_UNITS}, area, perimeter, diagonal, rectangle, width, height, length, breadth, side",
        never="draw, plot, class, chart, overlap, largest, union, histogram",
        parameters=(
            _length("WIDTH", "width|base|breadth", "# by|x @", "side|sides|with # and @"),
            _length("HEIGHT", "height|length", "@ by|x #", "side|sides|with @ and #"),
        ),
    ),
    Recipe(
        name="triangle-area",
        title="Area of a triangle",
        summary="Area of triangles whose base and height one types.",
        prompt="area of a triangle with base 6 and height 4",
        names=("area ... triangle", "triangle ... area"),
        knows=f"{FINDING}, {_UNITS}, area, triangle, base, height",
        never="draw, plot, class, heron, herons, side, sides, equilateral, perimeter, vertices, coordinates",
        parameters=(_length("BASE", "base|b"), _length("HEIGHT", "height|h")),
    ),
    Recipe(
        name="hypotenuse",
        title="Theorem of Pythagoras",
        summary="The longest side of right triangles whose other sides one types.",
        prompt="hypotenuse of a right triangle with sides 3 and 4",
        names=("hypotenuse", "pythagoras|pythagorean theorem|calculator", "theorem of pythagoras", "pythagoras"),
        knows=f"""
            {FINDING}, {_UNITS}, hypotenuse, pythagoras, pythagorean, theorem, right, angled, triangle, side, leg, two,
            2, length, longest
        """,
        never="triple, triples, draw, plot, class, tree, cup, music, missing, angle",
        parameters=(
            _length("A", "a", "# and|by|x @"),
            _length("B", "b", "@ and|by|x #"),
        ),
    ),
)
