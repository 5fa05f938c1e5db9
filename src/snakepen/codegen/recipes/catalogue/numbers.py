"""Recipes for whole numbers: their factors, their digits, and sequences of them."""

from typing import Final

from snakepen.codegen.recipes.accepts import NUMBERS as SEVERAL
from snakepen.codegen.recipes.accepts import whole_numbers
from snakepen.codegen.recipes.recipe import Number, Recipe, Written

FINDING: Final = """
    find, finds, finding, calculate, calculates, calculating, calculator, calculation, compute, computes, computing,
    determine, determines, algorithm, formula
"""
_NUMBER: Final = f"{FINDING}, n, positive"
_CHECK: Final = "check|checks|checking|checker|if|whether|determine|determines|test|tests"
_CHECKING: Final = (
    "check, checks, checking, checker, whether, test, tests, tester, determine, determines, integer, n, or not"
)
_UP_TO: Final = ("up to #", "until|till|below|under|to #", "less|smaller|lower than #", "between 0|1 and #")

NUMBERS: Final = (
    Recipe(
        name="factorial",
        title="Factorial",
        summary="The factorial of a number, with a loop and by recursion, and of others that one types.",
        prompt="factorial of 5",
        names=("factorial|factorials",),
        knows=f"""
            {_NUMBER}, factorial, loop, recursion, recursive, recursively, iterative, iteration, integer, math, large,
            result
        """,
        never="trailing, zeros, sum, digits, prime, first, up, table, list, memoization, lambda, one line, design",
        parameters=(Number("FIRST", 0, 500, ("factorial of|for #", "factorial #", "# factorial")),),
    ),
    Recipe(
        name="even-or-odd",
        title="Even or odd",
        summary="Tells of numbers that one types whether they are even or odd.",
        prompt="check if a number is even or odd",
        names=(
            "even or odd",
            "odd or even",
            "even odd",
            "odd even",
            f"{_CHECK} ... even|odd",
            "even|odd number checker|check|tester|test",
            "even|odd checker|check|tester|test",
            "{FIRST} ... even|odd",
        ),
        knows=f"{_CHECKING}, even, odd, find, finds, modulo, remainder, operator, parity",
        never="list, sum, all, count, game, even if, function is|are, fibonacci, first",
        parameters=(Number("FIRST", -(10**15), 10**15, ("is|if|whether|check|test # ... even|odd", "# is|even|odd")),),
    ),
    Recipe(
        name="even-numbers",
        title="Even or odd numbers",
        summary="All even or all odd numbers from one number to another.",
        prompt="even numbers from 1 to 100",
        names=("even|odd numbers|integers",),
        knows="even, odd, list, lists, between, range, loop, generate, generates, below, less, smaller, lower, n",
        never="""
            sum, sums, count, check, checks, checker, whether, if, even ... odd, odd ... even, fibonacci, prime, find,
            separate, first, random, backwards, user, users
        """,
        parameters=(
            Number("REST", 0, 1, ("odd = 1", "even = 0")),
            Number("FIRST", 0, 100_000, ("between # and @", "from # to|until|till|through|and @")),
            Number("LAST", 1, 100_000, ("between @ and #", "from @ to|until|till|through|and #", *_UP_TO)),
        ),
        ascending=("FIRST", "LAST"),
    ),
    Recipe(
        name="sum-of-numbers",
        title="Sum of the numbers up to one",
        summary="The sum of all whole numbers from one to another, with a loop and by a formula.",
        prompt="sum of the numbers from 1 to 100",
        names=(
            "sum|sums|add|adds|adding ... {LAST}",
            "sum|sums|add|adds|adding ... natural numbers",
            "sum|sums|add|adds|adding ... first n numbers|integers",
            "sum|sums|add|adds|adding ... up to n",
        ),
        knows=f"""
            {_NUMBER}, sum, sums, add, adds, adding, natural, integer, loop, first, between, range, together, up to n
        """,
        never="even, odd, prime, square, squares, digit, digits, list, average, recursion, recursive, cubes",
        parameters=(
            Number("FIRST", 0, 1_000_000, ("between # and @", "from # to|until|till|through|and @")),
            Number(
                "LAST",
                1,
                1_000_000,
                (
                    "between @ and #",
                    "from @ to|until|till|through|and #",
                    "first # number|integer|natural|positive",
                    "up to #",
                    "numbers|integers to|until|till #",
                    "1 to #",
                ),
            ),
        ),
        ascending=("FIRST", "LAST"),
    ),
    Recipe(
        name="leap-year",
        title="Leap year checker",
        summary="Tells of years that one types whether they are leap years, and why.",
        prompt="is 2024 a leap year",
        names=("leap year", "leapyear", "year is leap"),
        knows=f"{_CHECKING}, find, finds, program, gregorian, calculator, leap, year",
        never="leap years, list, next, days, birthday, second, calendar, frog, all, count",
        parameters=(
            Number(
                "FIRST",
                1,
                9999,
                (
                    "is|was|if|whether|check|test|will # ... leap",
                    "# is|was|be ... leap",
                    "leap year #",
                    "year # ... leap",
                ),
            ),
        ),
    ),
    Recipe(
        name="leap-year-list",
        title="Leap years",
        summary="All leap years from one year to another.",
        prompt="leap years from 2000 to 2100",
        names=("leap years", "list|lists|all|find|finds|every ... leap year|years", "leap year ... {LAST}"),
        knows="list, lists, find, finds, leap, year, between, range, calculate, calculates, table, count",
        never="check, whether, checker, next, birthday, frog, is|if @",
        parameters=(
            Number(
                "FIRST",
                1,
                9998,
                ("between # and @", "from # to|until|till|through|and @", "year|years|from|since # to @"),
            ),
            Number("LAST", 2, 9999, ("between @ and #", "to|until|till|through|and|up #", "up to #", "before #")),
        ),
        ascending=("FIRST", "LAST"),
    ),
    Recipe(
        name="gcd-and-lcm",
        title="Greatest common divisor",
        summary="The greatest common divisor of numbers by Euclid's algorithm, and their least common multiple.",
        prompt="gcd of 12 and 18",
        names=(
            "gcd|hcf|lcm|gcf",
            "greatest|highest|largest common divisor|factor|denominator",
            "least|lowest|smallest common multiple",
            "euclid|euclids|euclidean algorithm",
        ),
        knows=f"""
            {_NUMBER}, gcd, hcf, lcm, gcf, greatest, highest, largest, common, divisor, factor, least, lowest,
            smallest, multiple, euclid, euclids, euclidean, two, 2, three, 3, several, loop, between, integer
        """,
        never="extended, recursive, recursion, polynomial, fraction, fractions, plot",
        parameters=(Written("FIRST", SEVERAL, whole_numbers),),
    ),
    Recipe(
        name="collatz",
        title="Collatz sequence",
        summary="The Collatz sequence of a number: its steps down to 1, and its highest number.",
        prompt="collatz sequence for 27",
        names=("collatz", "hailstone sequence|numbers|number", "3n 1", "3n plus 1|one"),
        knows=f"""
            {_NUMBER}, collatz, sequence, conjecture, hailstone, problem, 3n, 1, starting, series, steps, loop, 3n 1,
            3n plus 1|one
        """,
        never="plot, graph, chart, longest, tree, recursive, recursion, fractal, proof",
        parameters=(
            Number(
                "FIRST", 1, 10**15, ("for|of|from|with|at|number #", "collatz|sequence|start|starting #", "# collatz")
            ),
        ),
    ),
    Recipe(
        name="pascals-triangle",
        title="Pascal's triangle",
        summary="The rows of Pascal's triangle, each made from the one before.",
        prompt="pascal's triangle with 10 rows",
        names=("pascal|pascals triangle", "triangle of pascal"),
        knows=f"{_NUMBER}, pascal, triangle, row, rows, line, level, binomial, coefficient, first, height",
        never="recursive, recursion, mod, sierpinski, image, plot, nth, th",
        parameters=(Number("ROWS", 1, 25, ("# row|line|level", "up to #", "size|height #", "size|height of #")),),
    ),
    Recipe(
        name="digit-sum",
        title="Sum of digits",
        summary="Adds up the digits of a number, and those of the sum until one is left.",
        prompt="sum of the digits of 1234",
        names=("sum|sums|add|adds|adding|total ... digit", "digit|digits sum", "cross sum", "digital root"),
        knows=f"{_NUMBER}, sum, sums, add, adds, adding, total, digit, digital, root, integer, loop, together, # digit",
        never="""
            pi, power, square, squares, factorial, factorials, even, odd, recursive, recursion, string, first, last,
            two numbers, product, reverse, prime
        """,
        parameters=(
            Number("FIRST", 0, 10**15, ("digit|digits of|in|for|from #", "of|for|in number #", "sum|root of #")),
        ),
    ),
    Recipe(
        name="perfect-numbers",
        title="Perfect numbers",
        summary="Perfect numbers, which are the sum of their divisors, and a test for any number.",
        prompt="perfect numbers up to 10000",
        names=("perfect number|numbers", "{FIRST} ... perfect", "number|integer is perfect"),
        knows=f"{_NUMBER}, {_CHECKING}, perfect, list, between, range, divisor, factor, sum, 1",
        never="square, squares, pitch, cube, cubes, score, match, largest, first, count, dial",
        parameters=(
            Number("FIRST", 1, 10**12, ("is|if|whether|check|test # ... perfect", "# is ... perfect")),
            Number("LAST", 1, 100_000, ("from 1 to #", *_UP_TO)),
        ),
    ),
    Recipe(
        name="armstrong-numbers",
        title="Armstrong numbers",
        summary="Numbers that are the sum of powers of their digits, such as 153, and a test for any number.",
        prompt="armstrong numbers up to 1000",
        names=("armstrong number|numbers", "armstrong checker|check|program", "narcissistic number|numbers"),
        knows=f"{_NUMBER}, {_CHECKING}, armstrong, narcissistic, list, between, range, digit, sum, power, cube, 1",
        never="neil, louis, lance, moon, first, count, phone, nth",
        parameters=(
            Number("FIRST", 0, 10**15, ("is|if|whether|check|test # ... armstrong", "# is ... armstrong")),
            Number("LAST", 1, 200_000, ("from 1 to #", *_UP_TO)),
        ),
    ),
)
