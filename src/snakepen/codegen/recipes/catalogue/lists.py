"""Recipes for lists of numbers: what they amount to, their order, what is in them."""

from typing import Final

from snakepen.codegen.recipes.accepts import NUMBERS, numbers
from snakepen.codegen.recipes.catalogue.numbers import FINDING
from snakepen.codegen.recipes.recipe import Number, Recipe, Written

_OF: Final = "number|integers|list|array|values|{FIRST}"
_LARGEST: Final = "largest|biggest|highest|maximum|max|greatest|smallest|lowest|minimum|min"
_SORTING: Final = """
    algorithm, implementation, implemented, sort, sorts, sorting, sorted, list, array, integer, element, item, order,
    ascending, steps, step, pass, passes, # number, # integer, # element, # item
"""
_NOT_SORTED: Final = (
    "descending, best, linked, names, words, strings, string, animation, animate, show|shows how, algorithms"
)


def _sort(name: str, title: str, summary: str, names: tuple[str, ...], never: str = "") -> Recipe:
    """A way to sort, shown step by step."""
    return Recipe(
        name=name,
        title=title,
        summary=summary,
        prompt=f"{title.lower()} a list",
        names=names,
        knows=_SORTING,
        never=f"{_NOT_SORTED}, {never}",
        parameters=(Written("FIRST", NUMBERS, numbers),),
    )


LISTS: Final = (
    Recipe(
        name="number-statistics",
        title="Average and other statistics",
        summary="Sum, average, median, mode, smallest and largest of numbers that one types.",
        prompt="average of a list of numbers",
        names=(
            f"average|averages|median ... {_OF}",
            f"mean|mode of ... {_OF}",
            "average|mean|median|mode calculator",
            "mean ... median",
            "median ... mode",
            f"sum|sums ... {_OF}",
            "add|adds|adding ... numbers|integers|values|{FIRST}",
            f"total of ... {_OF}",
            f"{_LARGEST} ... {_OF}",
        ),
        knows=f"""
            {FINDING}, average, mean, median, mode, sum, total, add, adds, adding, together, arithmetic, statistic,
            statistics, grades, marks, scores, ages, prices, temperatures, list,
            {", ".join(_LARGEST.split("|"))}, array, integer, value, element, item, series, set,
            # number, # integer, # value, n numbers|integers|values
        """,
        never="""
            random, moving, weighted, harmonic, geometric, csv, file, matrix, digit, digits, even, odd, prime, common,
            game, nested, linked, path, depth, first, second, complex, binary, fraction, fractions, numpy, pandas,
            dictionary, natural, number of, up to, max|maximum|min|minimum|largest|smallest sum|product,
            list|array of lists|arrays, add|adds|adding ... to, calculator ... add|adds|adding|sum
        """,
        parameters=(Written("FIRST", NUMBERS, numbers),),
    ),
    Recipe(
        name="grade-calculator",
        title="Grade calculator",
        summary="Turns points that one types into grades, and works out their average.",
        prompt="grade calculator",
        names=(
            "grade|grades|marks calculator|calculation|average",
            "letter grade|grades",
            "average|mean|calculate|calculates|calculating|compute ... grade|grades|marks",
        ),
        knows=f"""
            {FINDING}, average, mean, grade, grades, marks, letter, student, test, exam, points, score, percent,
            percentage, subject, school, # grade|marks|subject|exam|test
        """,
        never="gpa, weighted, weight, credit, credits, plot, chart, graph, csv, file, final, gradebook, needed, names",
    ),
    Recipe(
        name="sort-list",
        title="Sorted list",
        summary="Sorts numbers or words that one types, up and down.",
        prompt="sort a list of numbers",
        names=(
            f"sort|sorts|sorting|arrange ... {_OF}",
            "sorted list|array",
            "sort|sorts|sorting in ascending|descending|alphabetical",
            "sort|sorts|sorting ... names|words|alphabetically",
        ),
        knows="""
            sort, sorts, sorting, sorted, arrange, list, array, integer, value, element, item, ascending, descending,
            order, increasing, decreasing, alphabetical, alphabetically, names, words, strings, smallest, largest,
            lowest, highest, # number, # integer
        """,
        never="""
            bubble, quick, merge, insertion, selection, heap, radix, linked, dictionary, dict, tuple, tuples, file,
            files, photo, photos, date, dates, by, list|array of lists|arrays, length, last, first, algorithm, folder,
            random, sentence, text, game
        """,
        parameters=(Written("FIRST", NUMBERS, numbers),),
    ),
    _sort(
        "bubble-sort",
        "Bubble sort",
        "Bubble sort, step by step: neighbours that are in the wrong order are swapped.",
        ("bubble sort|sorts|sorting", "bubblesort", "sorting algorithm"),
    ),
    _sort(
        "insertion-sort",
        "Insertion sort",
        "Insertion sort, step by step: each number is put in its place among those before.",
        ("insertion sort|sorting", "insertionsort"),
    ),
    _sort(
        "selection-sort",
        "Selection sort",
        "Selection sort, step by step: the smallest number that is left comes next.",
        ("selection sort|sorting", "selectionsort"),
    ),
    _sort(
        "merge-sort",
        "Merge sort",
        "Merge sort, step by step: both halves are sorted, and then merged.",
        ("merge sort|sorting", "mergesort"),
        "in place, files",
    ),
    _sort(
        "quicksort",
        "Quicksort",
        "Quicksort, step by step: smaller numbers to the left of one, the rest to its right.",
        ("quick sort|sorting", "quicksort"),
        "in place, median",
    ),
    Recipe(
        name="binary-search",
        title="Binary search",
        summary="Binary search, step by step: it looks in the middle, then in the half that is left.",
        prompt="binary search in a sorted list",
        names=("binary search", "binarysearch"),
        knows="""
            search, searches, searching, list, array, sorted, algorithm, implementation, find, finds, target, element,
            item, integer, value, index, position, loop, iterative, steps
        """,
        never="tree, trees, recursive, recursion, node, rotated, string, strings, names, words, bst, linear",
        parameters=(
            Written("NUMBERS", NUMBERS, numbers),
            Number("FIRST", -(10**9), 10**9, ("search|find|finds|number|target|value #", "for|of #")),
        ),
    ),
    Recipe(
        name="duplicates",
        title="Duplicates in a list",
        summary="Finds what is in a list more than once, and shows the list without duplicates.",
        prompt="remove duplicates from a list",
        names=(
            "duplicates|repeated|duplicated ... list|array|numbers|{FIRST}",
            "duplicate|duplicated|repeated numbers|elements|items|values|entries",
            "list|array has|contains|with|of duplicates",
            "list duplicates",
            "remove|removes|removing|find|finds|finding|delete|deletes|detect|count|counts duplicate|duplicates",
            "unique elements|items|values|numbers ... list|array",
        ),
        knows=f"""
            {FINDING}, duplicate, duplicates, duplicated, repeated, unique, entries, contains, remove, removes,
            removing, delete, deletes, detect, list, array, integer, element, item, value, order, count, counts, keep,
            keeps, keeping, original
        """,
        never="""
            file, files, folder, csv, row, rows, line, lines, string, word, words, linked, dictionary, sorted, photo,
            photos, key, keys, text, sentence, set, random
        """,
        parameters=(Written("FIRST", NUMBERS, numbers),),
    ),
    Recipe(
        name="towers-of-hanoi",
        title="Towers of Hanoi",
        summary="All moves of the towers of Hanoi, with what is on the pegs after each.",
        prompt="towers of hanoi with 3 disks",
        names=("tower|towers of hanoi", "hanoi tower|towers|puzzle|problem"),
        knows="""
            tower, towers, hanoi, recursive, recursion, recursively, solve, solves, solver, solution, puzzle, problem,
            moves, steps, disk, disc, algorithm, n, 3 pegs|towers|rods
        """,
        never="iterative, play, playable, game, animation, 4 pegs, four",
        parameters=(Number("DISKS", 1, 8, ("# disk|disc|ring|plate", "hanoi #", "hanoi for|of|with #")),),
    ),
    Recipe(
        name="matrix-multiplication",
        title="Matrix multiplication",
        summary="Multiplies two matrices, which are lists of rows.",
        prompt="multiply two matrices",
        names=(
            "matrix|matrices multiplication|multiplier|product",
            "multiply|multiplies|multiplying|product ... matrix|matrices",
            "multiplication of ... matrix|matrices",
        ),
        knows=f"""
            {FINDING}, matrix, matrices, multiply, multiplies, multiplying, multiplication, product, two, 2, list,
            nested, loop
        """,
        never="numpy, vector, scalar, inverse, chain, strassen, determinant, transpose, add, addition, by",
    ),
)
