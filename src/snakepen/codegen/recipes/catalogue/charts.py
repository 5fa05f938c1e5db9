"""Recipes that draw: charts, functions, fractals, and how sorting works."""

from math import pi
from typing import Final

from snakepen.codegen.recipes.accepts import CHARTED_NUMBERS, FORMULA, charted_numbers, formula, shares
from snakepen.codegen.recipes.recipe import Number, Recipe, Written

_PLOT: Final = """
    plot, plots, plotting, draw, drawing, matplotlib, pyplot, chart, graph, diagram, data, random, title, label,
    labels, axis, axes, color, colour, colored, made, up
"""
_DRAW: Final = "plot|plots|plotting|draw|draws|drawing|graph|graphs|graphing|sketch|visualise|visualize"
_OTHER_DATA: Final = """
    csv, excel, file, json, population, temperature, weather, stock, pandas, seaborn, plotly, animated,
    interactive, stacked, grouped, horizontal, 3 d, live
"""

CHARTS: Final = (
    Recipe(
        name="function-plot",
        title="Plot of a function",
        summary="Plots a function of x with its derivative.",
        prompt="plot sin(x) from -5 to 5",
        names=(
            f"{_DRAW} ... {{FUNCTION}}",
            f"{_DRAW} ... function|functions|sine|cosine",
            "function plotter|plot|graph|grapher|plotting",
            "graph|plot|curve of ... function|{FUNCTION}",
            "sine|cosine wave|curve|plot|graph",
        ),
        knows=_PLOT
        + """,
            function, sine, curve, y, f, f|for|of x, derivative, sympy, numpy, wave, between, of, formula, mathematical,
            math, plotter
        """,
        never="""
            squared, cubed, cosine, tangent, parabola, exponential, logarithm, integral, two, several, many,
            multiple, 3 d, animate, animation, z, sigmoid
        """,
        parameters=(
            Written("FUNCTION", FORMULA, formula, sure=False),
            Number(
                "FROM",
                -10_000,
                10_000,
                (
                    "from # to|until @|pi",
                    "between # and @|pi",
                    f"from pi to|until @ = {pi}",
                    f"between pi and @ = {pi}",
                ),
                whole=False,
            ),
            Number(
                "TO",
                -10_000,
                10_000,
                (
                    "from @|pi to|until #",
                    "between @|pi and #",
                    f"from @ to|until pi = {pi}",
                    f"between @ and pi = {pi}",
                ),
                whole=False,
            ),
        ),
        ascending=("FROM", "TO"),
    ),
    Recipe(
        name="bar-chart",
        title="Bar chart",
        summary="A bar chart with labels and values.",
        prompt="bar chart with matplotlib",
        names=("bar chart|graph|plot|diagram", "barchart"),
        knows=_PLOT + ", bar, fruit, vote, value, favourite, favorite",
        never=_OTHER_DATA + ", race, line, error, from @ to @",
        parameters=(Written("NUMBERS", CHARTED_NUMBERS, charted_numbers),),
    ),
    Recipe(
        name="pie-chart",
        title="Pie chart",
        summary="A pie chart of shares.",
        prompt="pie chart of a budget",
        names=("pie chart|graph|plot|diagram", "piechart"),
        knows=_PLOT + ", pie, share, percent, percentage, budget, money, spending, value, monthly",
        never=_OTHER_DATA + ", donut, doughnut, nested",
        parameters=(Written("NUMBERS", CHARTED_NUMBERS, shares),),
    ),
    Recipe(
        name="line-chart",
        title="Line chart",
        summary="A line chart with two lines, or of numbers in the prompt.",
        prompt="line chart with matplotlib",
        names=("line chart|graph|plot|diagram", "linechart"),
        knows=_PLOT + ", line, visitor, museum, value, numbers, week, weekly, two lines, 2 lines",
        never=_OTHER_DATA
        + """,
            regression, fit, bar, equation, slope, straight, trend, function, x, number line, median, moving, of best,
            area, scatter, sine, cosine, spline
        """,
        parameters=(Written("NUMBERS", CHARTED_NUMBERS, charted_numbers),),
    ),
    Recipe(
        name="heatmap",
        title="Heatmap",
        summary="A table in which colours stand for numbers.",
        prompt="plot a heatmap",
        names=("heatmap|heatmaps", "heat map|maps"),
        knows=_PLOT + ", heatmap, heat, map, numpy, table, matrix, numbers, visitor, hour, day, grid, colormap",
        never="""
            csv, excel, file, json, population, weather, stock, pandas, seaborn, plotly, animated, interactive, 3 d,
            live, correlation, confusion, world, country, countries, geographic, website, mouse, calendar, contour,
            diffusion, equation, eye, city
        """,
    ),
    Recipe(
        name="scatter-plot",
        title="Scatter plot",
        summary="A scatter plot with a correlation.",
        prompt="scatter plot of 100 points",
        names=("scatter plot|chart|graph|diagram", "scatterplot", "correlation"),
        knows=_PLOT
        + """,
            scatter, point, correlation, height, weight, numpy, coefficient, two, variable, between, points
        """,
        never=_OTHER_DATA + ", matrix, heatmap, regression, bubble",
        parameters=(Number("POINTS", 2, 100_000, ("# ... point|dot|people",)),),
    ),
    Recipe(
        name="histogram",
        title="Histogram",
        summary="A histogram of random numbers beside the bell curve that they come from.",
        prompt="histogram of 1000 random numbers",
        names=("histogram|histograms", "bell curve", "normal distribution", "gaussian distribution|curve"),
        knows=_PLOT
        + """,
            histogram, normal, distribution, bell, curve, gaussian, numpy, numbers, mean, standard, deviation, bin,
            sample, normally, distributed
        """,
        never=_OTHER_DATA + ", test, dice, image, letter, word, process, blur, cumulative",
        parameters=(
            Number("COUNT", 1, 1_000_000, ("# ... number|sample|value|point", "of #")),
            Number("BINS", 1, 500, ("# bin|bar",)),
            Number("MEAN", -1_000_000, 1_000_000, ("mean|average|mu ... #",), whole=False),
            Number("SPREAD", 1, 1_000_000, ("deviation|sigma|sd|spread ... #",), whole=False),
        ),
    ),
    Recipe(
        name="random-walk",
        title="Random walks",
        summary="Where several walkers get by random steps, drawn on a plane.",
        prompt="random walk of 1000 steps",
        names=("random walk|walks|walker|walkers", "drunkard walk", "drunken sailor", "brownian motion"),
        knows=_PLOT
        + """,
            walk, step, walker, simulation, simulate, numpy, two, dimension, dimensional, 2 d, 2 dimension,
            brownian, motion, path, plane
        """,
        never="1 d, 3 d, stock, price, self, avoiding, animation, animate, page, graph node, one",
        parameters=(
            Number("STEPS", 1, 100_000, ("# ... step",)),
            Number("WALKERS", 1, 10, ("# ... walker|walk|people|particle",)),
        ),
    ),
    Recipe(
        name="mandelbrot",
        title="Mandelbrot set",
        summary="Draws the Mandelbrot set.",
        prompt="draw the mandelbrot set",
        names=("mandelbrot", "fractal"),
        knows=_PLOT + ", set, fractal, mandelbrot, picture, image, numpy, iteration, step",
        never="""
            zoom, julia, tree, koch, sierpinski, gif, animation, burning, dragon, snowflake, interactive, explorer,
            3 d, newton
        """,
        parameters=(Number("STEPS", 2, 300, ("# ... iteration|step",)),),
    ),
    Recipe(
        name="sorting-picture",
        title="Bubble sort in pictures",
        summary="Shows how bubble sort works: the list after each pass, as bars.",
        prompt="visualise bubble sort",
        names=(
            "visualise|visualize|visualises|visualizes|visualising|visualizing|draw ... sort|sorting",
            "show|shows how ... sort|sorting",
            "sort|sorting visualiser|visualizer|visualised|visualized|visualisation|visualization|picture|pictures",
        ),
        knows=_PLOT
        + """,
            bubble, sort, sorting, sorts, visualise, visualize, visualiser, visualizer, visualisation,
            visualization, algorithm, bar, list, numbers, step, pass, works, array, element
        """,
        never="""
            quick, quicksort, merge, heap, insertion, selection, radix, compare, comparison, speed, timing, time,
            faster, shell, animate, animation, file, csv, several
        """,
        parameters=(Number("SIZE", 3, 60, ("# ... number|element|bar|item", "size #")),),
    ),
    Recipe(
        name="sort-timing",
        title="Sorting algorithms compared",
        summary="How fast bubble sort, insertion sort, quicksort and Python's own sort are.",
        prompt="compare the speed of sorting algorithms",
        names=(
            "compare|compares|comparing|comparison|benchmark|timing|measure|speed ... sort|sorting|quicksort",
            "sort|sorting|sorts|quicksort ... speed|timing|benchmark|comparison|compared|performance|faster",
            "sorting algorithms",
        ),
        knows="""
            bubble, quick, quicksort, insertion, sort, sorting, sorts, algorithm, compare, compares, comparing,
            comparison, speed, time, timing, benchmark, fast, faster, measure, performance, different, list,
            numbers, between, python's, versus, vs, element
        """,
        never="""
            merge, heap, radix, selection, plot, chart, graph, shell, visualise, visualize, visualiser, visualizer,
            bogo, file, files, csv, dict, visualization, visualisation, mergesort
        """,
        parameters=(Number("SIZE", 10, 3000, ("# ... number|element|item", "size #", "# random")),),
    ),
)
