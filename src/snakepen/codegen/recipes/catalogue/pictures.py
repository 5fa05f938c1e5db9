"""Recipes that draw shapes, fractals, surfaces and what moves."""

from typing import Final

from snakepen.codegen.recipes.accepts import COLOUR, colour
from snakepen.codegen.recipes.recipe import Number, Recipe, Written

_DRAW: Final = "draw|draws|drawing|plot|plots|plotting|sketch|picture|image"
_PICTURE: Final = """
    draw, draws, drawing, plot, plots, plotting, matplotlib, pyplot, numpy, picture, image, graph, shape
"""
_OTHER: Final = "animate, animated, animation, gif, interactive, plotly, file, 3 d, ascii, zoom"

PICTURES: Final = (
    Recipe(
        name="heart",
        title="Heart",
        summary="Draws a heart: as a picture, and in characters.",
        prompt="draw a red heart",
        names=(
            f"{_DRAW}|print|prints|printing ... heart",
            "ascii heart",
            "heart shape|shaped|curve|picture|drawing|art|plot|pattern",
            "{COLOR} heart",
        ),
        knows=_PICTURE
        + """,
            heart, curve, love, valentine, valentines, print, symbol, ascii, ascii art, star, pattern, parametric
        """,
        never="""
            rate, beat, beats, disease, monitor, attack, data, animate, animated, animation, gif, interactive, plotly,
            file, 3 d, card, cards, hearts, beating, anatomy, text, name, message, anatomical
        """,
        parameters=(Written("COLOR", COLOUR, colour),),
    ),
    Recipe(
        name="circle",
        title="Circle",
        summary="Draws a circle, with its circumference and area.",
        prompt="draw a circle with radius 3",
        names=(f"{_DRAW} ... circle", "{COLOR} circle", "circle of|with radius|diameter"),
        knows=_PICTURE + ", circle, radius, unit circle",
        never=_OTHER
        + """,
            circles, data, inside, square, semicircle, half, packing, detect, sine, mandala, fractal, center, centre,
            at, mohr, crop, venn, diameter, diagram, filled, coordinate, calculate, calculates
        """,
        parameters=(
            Number("RADIUS", 1, 1_000_000, ("radius|r ... #", "unit circle = 1", "# radius"), whole=False),
            Written("COLOR", COLOUR, colour),
        ),
    ),
    Recipe(
        name="sierpinski",
        title="Sierpinski triangle",
        summary="Draws the Sierpinski triangle.",
        prompt="draw the sierpinski triangle",
        names=("sierpinski|sierpiński|sierpinsky triangle|gasket|fractal", "sierpinski|sierpiński|sierpinsky"),
        knows=_PICTURE
        + ", fractal, sierpinski, triangle, gasket, depth, level, iteration, step, recursion, recursive, recursively",
        never=_OTHER + ", carpet, pyramid, tetrahedron, chaos, curve, print",
        parameters=(Number("DEPTH", 0, 8, ("depth|level ... #", "# level|iteration|step|depth")),),
    ),
    Recipe(
        name="koch-snowflake",
        title="Koch snowflake",
        summary="Draws the Koch snowflake.",
        prompt="draw the koch snowflake",
        names=("koch snowflake|fractal|flake", "koch", "snowflake fractal"),
        knows=_PICTURE + ", fractal, koch, snowflake, depth, level, iteration, step, recursion, order",
        never=_OTHER + ", curve, island, anti, robert, schema, database, ed",
        parameters=(Number("DEPTH", 0, 7, ("depth|level|order ... #", "# level|iteration|step|depth")),),
    ),
    Recipe(
        name="julia-set",
        title="Julia set",
        summary="Draws a Julia set.",
        prompt="draw a julia set",
        names=("julia set|sets|fractal|fractals",),
        knows=_PICTURE + ", fractal, julia, set, iteration, step",
        never=_OTHER + ", mandelbrot, in|with|using julia, language, data",
        parameters=(Number("STEPS", 2, 1000, ("# ... iteration|step",)),),
    ),
    Recipe(
        name="surface-plot",
        title="Surface in three dimensions",
        summary="Draws a surface in three dimensions: ripples around the middle.",
        prompt="3d surface plot",
        names=(
            "3 d ... plot|surface|graph|figure",
            "surface plot|graph",
            "plot|plots|draw|draws|graph ... 3 d|surface",
            "three dimensional plot|surface|graph",
        ),
        knows="""
            3 d, three, dimensional, plot, plots, plotting, draw, draws, surface, graph, figure, matplotlib, pyplot,
            numpy, function, mathematical, math, ripple, ripples, colorful, mesh
        """,
        never="""
            scatter, bar, line, wireframe, printer, model, cube, sphere, animate, animated, animation, rotate,
            rotating, plotly, interactive, csv, file, data, heart, contour, game, engine, moon, area, helix, spiral,
            random
        """,
    ),
    Recipe(
        name="animated-wave",
        title="Wave that moves",
        summary="Makes an animation of a sine wave, and saves it as a GIF.",
        prompt="animated sine wave",
        names=(
            "animate|animates|animated|animation|animating|moving|gif ... sine|sin|wave|waves",
            "sine|sin|wave|waves ... animate|animated|animation|gif|moving",
            "animated|moving plot|graph|line",
            "animate|animates ... plot|graph",
            "plot|graph|matplotlib animation",
        ),
        knows="""
            animate, animates, animated, animation, animating, moving, moves, gif, sine, sin, wave, waves, plot, plots,
            graph, matplotlib, pyplot, numpy, funcanimation, curve, line, frame, draw, x, save, saved, saves
        """,
        never="""
            cosine, cos, bar, scatter, sound, sort, sorting, ball, race, data, csv, live, real time, 3 d, hand, mp4,
            water, ocean, two, brownian, random, walk, pie, stock, microwave, heat
        """,
        parameters=(Number("FRAMES", 2, 40, ("# ... frame",)),),
    ),
)
