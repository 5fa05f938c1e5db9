"""Recipes for numbers and equations."""

from typing import Final

from snakepen.codegen.recipes.accepts import EQUATION, quadratic
from snakepen.codegen.recipes.recipe import Number, Recipe, Written

_UP_TO: Final = (
    "up to #",
    "until|till|below|under #",
    "to #",
    "less|smaller|lower than #",
    "between 1|0|2 and #",
)
_BASES: Final = "binary|decimal|denary|hex|hexadecimal|octal"
_TO: Final = "to|into|in|as"
_FROM_BASE: Final = tuple(
    (f"{name} {_TO} {_BASES} = {base}", f"{name} @ {_TO} {_BASES} = {base}", f"from {name} = {base}")
    for name, base in {"decimal|denary": 10, "binary": 2, "octal": 8, "hex|hexadecimal": 16}.items()
)

# To test one number is not to list many.
_PRIME_TESTS: Final = (
    "check|checks|checking|checker|test|tests|testing|determine|determines|whether ... prime|primes",
    "if|is it|n|number|integer ... prime",
    "if a|the|given number|integer ... prime",
    "is a|the|this|my|given number|integer ... prime",
    "prime number|numbers checker|check|test|tester",
    "prime|primality checker|check|test|tester",
    "is prime",
    "prime or not|composite",
    "isprime",
)

MATHEMATICS: Final = (
    Recipe(
        name="times-table",
        title="Times table",
        summary="All products up to a number, or the table of one number.",
        prompt="a times table up to 20",
        names=(
            "times table|tables",
            "multiplication table|chart|grid|square",
            "multiply|multiplication ... table",
            "# times table|tables",
            "table of|for {NUMBER}",
        ),
        knows="multiplication, multiply, table, times, grid, chart, 1, math, maths, kid, child, student",
        never="quiz, test, game, excel, train, periodic, truth",
        parameters=(
            Number("LAST", 1, 50, (*_UP_TO, "# x #", "# by #", "1 through #", "size #")),
            Number(
                "NUMBER",
                0,
                1_000_000,
                (
                    "# times table|tables",
                    "# multiplication table",
                    "table of|for #",
                    "tables of|for #",
                    "times table|tables # ",
                ),
            ),
        ),
    ),
    Recipe(
        name="prime-table",
        title="Prime numbers",
        summary="A table of prime numbers by the sieve of Eratosthenes, and others up to what one types.",
        prompt="all prime numbers up to 200",
        names=("prime|primes", "eratosthenes"),
        knows="""
            prime, list, table, numbers, sieve, eratosthenes, find, finds, finding, calculate, calculates, below, up,
            generator, generate, generates, generating, between, range, 1, n, limit,
            first @
        """,
        never=f"""
            factor, factors, factorization, factorisation, twin, mersenne, rsa, gap, sum, count, optimus, minister,
            amazon, nth, largest, plot, spiral, th, first @ ... up|below|under|from|between, is|are|if|whether @ prime,
            is|are|if|whether @ a prime, {", ".join(_PRIME_TESTS)}
        """,
        parameters=(
            Number("COUNT", 1, 50_000, ("first # prime|primes", "# first prime|primes")),
            Number("FIRST", 1, 1_000_000, ("between # and @", "from # to|until|till|through|and @")),
            Number(
                "LAST",
                2,
                1_000_000,
                (
                    "between @ and #",
                    "from @ to|until|till|through|and #",
                    *_UP_TO,
                    "prime|primes #",
                    "sieve|eratosthenes for|of|to #",
                    "sieve|eratosthenes #",
                ),
            ),
        ),
        ascending=("FIRST", "LAST"),
    ),
    Recipe(
        name="prime-check",
        title="Prime number checker",
        summary="Tells whether a number is prime, and if it is not, by what it can be divided.",
        prompt="check if a number is prime",
        names=(*_PRIME_TESTS, "{FIRST} ... prime"),
        knows="""
            prime, check, checks, checking, checker, whether, test, tests, tester, determine, determines, find, finds,
            integer, primality, n, divisible, composite, or not
        """,
        never="list, all, factor, factors, mersenne, twin, minister, amazon, optimus, sieve, palindrome",
        parameters=(Number("FIRST", 0, 10**13, ("is|are|if|whether|check|test # ... prime", "# is|are|be ... prime")),),
    ),
    Recipe(
        name="fizzbuzz",
        title="FizzBuzz",
        summary="Counts, but says fizz for multiples of 3 and buzz for multiples of 5.",
        prompt="fizzbuzz up to 50",
        names=("fizzbuzz", "fizz buzz"),
        knows="fizz, buzz, 3, 5, 1, multiple, game, count, counting, numbers, divisible, three, five",
        never="bazz, test, interview",
        parameters=(Number("LAST", 1, 100_000, (*_UP_TO, "first #", "fizzbuzz|buzz #", "# number")),),
    ),
    Recipe(
        name="fibonacci",
        title="Fibonacci numbers",
        summary="The first Fibonacci numbers or all up to a number, and how their ratios come close to the golden one.",
        prompt="the first 30 fibonacci numbers",
        names=("fibonacci", "golden ratio"),
        knows="""
            sequence, series, numbers, first, list, generator, ratio, golden, calculate, calculates, generate,
            generates, term, fibonacci, less, smaller, lower, below, under, n
        """,
        never="""
            recursion, recursive, recursively, memoization, memoisation, nth, th, plot, spiral, heap, search, sum,
            is|are|if @, check, checks, checker, whether
        """,
        parameters=(
            Number("COUNT", 1, 1000, ("first #", "# number|term|element|fibonacci")),
            Number(
                "LAST", 0, 10**15, ("between|from 0|1 and|to #", "up to ... #", "until|till|below|under #", *_UP_TO)
            ),
            Number("COUNT", 1, 1000, ("# ... number|term|element|fibonacci", "fibonacci #")),
        ),
    ),
    Recipe(
        name="roman-numerals",
        title="Roman numerals",
        summary="Turns numbers into Roman numerals, and back.",
        prompt="convert numbers to roman numerals",
        names=("roman numeral|number|numerals|numbers|digit", "to|into|from|in|as roman"),
        parameters=(Number("FIRST", 1, 3999, ("# to|into|in|as roman", "numeral|numerals for|of #")),),
        knows="""
            convert, converts, converting, converter, conversion, turn, turns, numbers, integer, arabic, decimal,
            back, and, translate, decode, encode
        """,
        never="calculator, add, clock, quiz, game",
    ),
    Recipe(
        name="binary-converter",
        title="Binary converter",
        summary="Shows whole numbers in decimal, binary, octal and hexadecimal.",
        prompt="decimal to binary converter",
        names=(
            "decimal|binary|hex|hexadecimal|octal|denary ... decimal|binary|hex|hexadecimal|octal|denary",
            "binary|hex|hexadecimal|octal|base converter|conversion",
            "binary numbers",
            "{FIRST}",
            "convert|converts|converting|turn|number|numbers ... to|into|in binary|hex|hexadecimal|octal",
        ),
        parameters=(
            # Who wants both ways types decimal numbers, or 0b101010.
            *(Number("BASE", 2, 16, phrases) for phrases in _FROM_BASE),
            Number(
                "FIRST",
                0,
                10**15,
                (f"# {_TO} binary|hex|hexadecimal|octal", f"# from {_BASES}", f"{_BASES} # {_TO}", f"# {_BASES} {_TO}"),
            ),
        ),
        knows="""
            decimal, binary, hex, hexadecimal, octal, denary, convert, converts, converting, converter, conversion,
            numbers, integer, base, bases, between
        """,
        never="search, tree, file, add, addition, adder, text, ascii, image, float, clock, game",
    ),
    Recipe(
        name="quadratic-equation",
        title="Quadratic equation",
        summary="Solves quadratic equations exactly with SymPy, and shows the steps.",
        prompt="solve x^2 - 5x + 6 = 0",
        names=(
            "quadratic equation|equations|formula|solver|polynomial|roots|root",
            "solve|solves|solving|solution|root|roots|zeros ... {EQUATION}",
        ),
        knows="""
            solve, solver, solves, solving, solution, equation, formula, root, roots, discriminant, calculate, find,
            finds, sympy, zeros, x, steps, step, exact, exactly
        """,
        never="plot, graph, draw, cubic, system, linear",
        parameters=(Written("EQUATION", EQUATION, quadratic, sure=False),),
    ),
    Recipe(
        name="linear-equations",
        title="Linear equations",
        summary="Solves a system of linear equations with NumPy.",
        prompt="solve a system of linear equations",
        names=(
            "linear equation|system",
            "simultaneous equation|equations",
            "system|systems of equations",
            "solve|solves|solving ... matrix",
            "matrix equation|equations",
        ),
        knows="""
            solve, solver, solves, solving, linear, equation, system, matrix, matrices, numpy, simultaneous, three,
            unknown, determinant, algebra, variables, several, 3 equation, 3 linear, 3 unknown, 3 x 3
        """,
        never="differential, quadratic, plot, graph, inverse, eigenvalue, 2, two, gauss, gaussian",
    ),
    Recipe(
        name="monte-carlo-pi",
        title="Pi by Monte Carlo",
        summary="Estimates pi by throwing random points at a square, and draws them.",
        prompt="estimate pi with 100000 random points",
        names=(
            "monte carlo ... pi",
            "pi ... monte carlo",
            "estimate|estimates|estimating|estimation|approximate|approximating|calculate|compute|simulate ... pi",
            "pi estimation|estimator|approximation|simulation",
        ),
        knows="""
            monte, carlo, pi, random, point, simulation, simulate, method, estimate, approximate, value, circle,
            dart, calculate, plot, numpy, dots, darts
        """,
        never="digits, leibniz, decimal, decimals, raspberry, series, archimedes, precision",
        parameters=(Number("POINTS", 10, 5_000_000, ("# ... point|dart|sample|dot|try|tries|throw|iteration",)),),
    ),
)
