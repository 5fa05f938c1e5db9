"""Every recipe, run for real by a real server: with its input and what it answers, and as prompts change it.

What a recipe is given is tests/recipes/NAME.in, what it has to print is NAME.out, to the byte; in that, what chance, a
clock or a calendar decides stands in double braces, as a regular expression. Chance of Python's `random` is the same
each time here: a game that chance seldom makes long, or a line that it seldom makes short, fails always or never.
"""

import json
import re
import sys
from pathlib import Path

import pytest
from tests.support.cases import the_rest_long
from tests.support.client import ROOT, Api

from snakepen.codegen.recipes import Recipe, find, recipes
from snakepen.codegen.recipes.recipe import Number, Value

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="the programs are run on POSIX")]

RUNS = ROOT / "tests" / "recipes"
NAMES = [recipe.name for recipe in recipes()]
# Nothing that the program could see, but for its lines being one further down.
SAME_CHANCE = '__import__("random").seed(0)\n'
# What they wait for is what they are for.
PATIENT = {("countdown", "SECONDS"), ("game-of-life", "GENERATIONS"), ("progress-bar", "STEPS"), ("clock", "SECONDS")}


def expected(path: Path) -> re.Pattern[str]:
    parts = re.split(r"\{\{(.*?)\}\}(?!\})", path.read_text("utf-8"))
    return re.compile("".join(part if i % 2 else re.escape(part) for i, part in enumerate(parts)))


def run(api: Api, code: str, **fields: object) -> str:
    """What a program prints that has to end well, and say nothing on its standard error."""
    answer = api.run(SAME_CHANCE + code, **{"timeout": 60} | fields)
    assert answer["error"] == ""
    assert (answer["status"], answer["return_code"]) == ("completed", 0)
    output: str = answer["output"]
    return output


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_it_does_what_it_says(api: Api, recipe: Recipe) -> None:
    given = RUNS / f"{recipe.name}.in"
    output = run(api, recipe.program, stdin=given.read_text("utf-8") if given.exists() else "")
    wanted = expected(RUNS / f"{recipe.name}.out")
    assert wanted.fullmatch(output), f"{output}\nis not\n{wanted.pattern}"


def test_every_run_belongs_to_a_recipe() -> None:
    assert sorted(path.stem for path in RUNS.glob("*.out")) == sorted(NAMES)
    assert {path.stem for path in RUNS.glob("*.in")} == {
        recipe.name for recipe in recipes() if "input(" in recipe.program
    }


# As the next, of all recipes: whoever changes one runs this file alone, which runs all of it.
@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(path.stem for path in RUNS.glob("*.in")))
@pytest.mark.parametrize(
    "given",
    the_rest_long(["what?\n" * 30 + "\n" * 3], ["", "\n\n\n"]),
    ids=["nonsense", "nothing", "empty lines"],
)
def test_it_bears_any_input(api: Api, name: str, given: str) -> None:
    run(api, next(recipe for recipe in recipes() if recipe.name == name).program, stdin=given)


def extremes() -> list[tuple[str, Recipe, dict[str, Value]]]:
    """Each recipe with all its numbers at their least, and at their most."""
    cases: list[tuple[str, Recipe, dict[str, Value]]] = []
    for recipe in recipes():
        parameters = [
            p for p in recipe.parameters if isinstance(p, Number) and (recipe.name, p.constant) not in PATIENT
        ]
        least: dict[str, Value] = {p.constant: p.least for p in parameters}
        most: dict[str, Value] = {p.constant: p.most for p in parameters}
        if recipe.ascending:
            least.pop(recipe.ascending[1])
            most.pop(recipe.ascending[0])
        if parameters:
            cases += [(f"{recipe.name}-least", recipe, least), (f"{recipe.name}-most", recipe, most)]
    return cases


@pytest.mark.long
@pytest.mark.thorough
@pytest.mark.parametrize(("recipe", "values"), [case[1:] for case in extremes()], ids=[case[0] for case in extremes()])
def test_it_runs_at_its_bounds(api: Api, recipe: Recipe, values: dict[str, Value]) -> None:
    run(api, recipe.with_values(values))


# Whoever changes how values are read, or a recipe, runs this file alone; what is read is seen in tests/unit/codegen.
@pytest.mark.long
@pytest.mark.parametrize(
    ("prompt", "given", "said"),
    [
        ("a times table up to 20", "", r" 400\n$"),
        ("the 7 times table", "", r"^  1 × 7 = 7\n(.*\n)*.*12 × 7 = 84\n$"),
        ("primes up to 20", "10\n", r"There are 8 primes from 1 to 20\.\n(.*\n)*There are 4 primes from 1 to 10\."),
        ("primes between 10 and 20", "", r"^  11  13  17  19\nThere are 4 primes from 10 to 20\."),
        ("the first 4 prime numbers", "", r"^  2  3  5  7\nThese are the first 4 primes\.\n"),
        ("odd numbers from 6 to 10", "", r"^   7   9\nFrom 6 to 10 there are 2 odd numbers\.\n$"),
        (
            "sum of the numbers from 3 to 5",
            "",
            r"^From 3 to 5:\n  with a loop:  12\n  by a formula: 12\n  by Python:    12\n$",
        ),
        ("is 91 a prime number?", "", r"^91 = 7 × 13, so it is not prime\.\n"),
        ("factorial of 6", "", r"^6! = 1 × 2 × 3 × 4 × 5 × 6 = 720\n"),
        ("fibonacci numbers up to 34", "", r"\n   9: 34 +ratio 1\.6\d+\nThe ratio"),
        ("fibonacci numbers below 33", "", r"\n   8: 21 +ratio 1\.6\d+\nThe ratio"),
        ("is 9 even or odd", "", r"^9 is odd\.\n"),
        ("is 1900 a leap year", "", r"^1900 is not a leap year"),
        ("leap years between 1896 and 1905", "", r"^  1896  1904\nFrom 1896 to 1905 there are 2 leap years\.\n$"),
        ("gcd of 48 and 36", "", r"(  .*\n){2}Greatest common divisor: 12\nLeast common multiple: 144\n"),
        ("collatz sequence for 6", "", r"^6 3 10 5 16 8 4 2 1\nSteps: 8, highest number: 16\n"),
        ("pascal's triangle with 3 rows", "", r"^    1\n  1   1\n1   2   1\n$|^ +1\n +1   1\n +1   2   1\n$"),
        ("sum of the digits of 907", "", r"^Sum of the digits: 9 \+ 0 \+ 7 = 16\nAnd again: 1 \+ 6 = 7\n"),
        ("is 28 a perfect number", "", r"^28 is perfect: 1 \+ 2 \+ 4 \+ 7 \+ 14 = 28\n"),
        ("perfect numbers up to 30", "", r"^6 is .*\n28 is .*\nThese are all up to 30\.\n"),
        ("is 370 an armstrong number", "", r"^370 is an Armstrong number: 3\^3 \+ 7\^3 \+ 0\^3 = 370\n"),
        ("armstrong numbers up to 200", "", r"^.*200:\n0 1 2 3 4 5 6 7 8 9 153\n"),
        ("average of 3, 4 and 8", "", r"\nAverage:  5\nMedian:   4\n"),
        ("sort 5 2 9", "", r"^Ascending:  2, 5, 9\nDescending: 9, 5, 2\n"),
        ("bubble sort 2, 1", "", r"^Unsorted: \[2, 1\]\nPass 1:\n  swap 2 and 1: \[1, 2\]\nSorted: \[1, 2\]\n"),
        ("insertion sort of 2 and 1", "", r"  1 from place 2 to 1: \[1, 2\]\nSorted: \[1, 2\]\n"),
        ("selection sort of 2 1", "", r"  smallest of the rest is 1: \[1, 2\]\nSorted: \[1, 2\]\n"),
        ("merge sort 2 1", "", r"  merge \[2\] and \[1\]: \[1, 2\]\nSorted: \[1, 2\]\n"),
        ("quicksort 2 1 3", "", r"  \[1\] < 2 <= \[3\]\nSorted: \[1, 2, 3\]\n"),
        ("binary search for 5 in 9, 5, 1", "", r"^In order: \[1, 5, 9\]\n(.*\n)*5 is number 2 of 3\.\n"),
        ("remove duplicates from 4, 7, 4", "", r"  4 is there 2 times\.\nWithout duplicates: 4, 7\n"),
        ("towers of hanoi with 2 disks", "", r"^A: 2 1   B:    C: *\n(.*\n)*Disks: 2, moves: 3, "),
        ("area of a circle with radius 2", "", r"Area:          12\.56637"),
        ("area of a rectangle 2.5 by 4", "", r"Area:      10\n"),
        ("area of a triangle with base 5 and height 3", "", r"= 7\.5\n"),
        ("hypotenuse of a triangle with sides 5 and 12", "", r"The hypotenuse is √169 = 13\n"),
        ("days between 2024-02-28 and 1 March 2024", "", r"^From Wednesday, 2024-02-28 .*\n  Days: 2\n"),
        ("what day of the week was 1969-07-20", "", r"^1969-07-20 was a Sunday"),
        ("simple interest of 200 at 10% for 2 years", "", r"for 2 years:\n  interest 40\.00, together 240\.00\n"),
        ("fizzbuzz up to 15", "", r"\n14\nFizzBuzz\n$"),
        ("the first 10 fibonacci numbers", "", r"\n   9: 34 "),
        (
            "celsius to fahrenheit table from 0 to 100 every 20 degrees",
            "",
            r"\n +0 .*\n +20 (.*\n){4} +100 +212\.0",
        ),
        ("calendar of February 2028", "", r"February 2028 has 29 days and begins in week 5\."),
        ("calendar 2028", "", r"^ +2028\n"),
        ("countdown from 1 second", "", r"^0:01\nTime is up!\n$"),
        ("convert 100 miles to km", "", r"^100 miles = 160\.934 km\n"),
        (
            "convert 30 celsius to fahrenheit",
            "5 miles in km\n",
            r"^30 celsius = 86 fahrenheit\n(.*\n)+> 5 miles = 8\.04672 km",
        ),
        ("calculate 2+2", "3^2\n", r"^2\+2 = 4\n.*\n> 9\n"),
        ("calculate 1 / 0", "", r"^1 / 0 = Nothing can be divided by zero\.\n"),
        ("pick 20 random numbers between 1 and 2", "", r"^From 1 to 2:\n([12]\n){20}$"),
        ("roll two dice a million times", "", r"^2 × 6 sides, 1,000,000 throws.*\n +2 (.*\n){11}Average: [67]\."),
        ("plot x^2 from -pi to 2*pi", "", r"^f\(x\)  = x\*\*2\n"),
        ("2 passwords with 30 characters", "", r"^(\S{30}\n){2}Each"),
        ("tip of 20 % for 4 people", "100\n\n\n", r"Total +120\.00\nEach of 4 +30\.00\n$"),
        ("compound interest on 100 at 10% for 2 years", "", r"   2 +11\.00 +121\.00\n"),
        (
            "compound interest of 1000 at 12% for 1 year, compounded monthly",
            "",
            r"added monthly\n(.*\n)*   1 +126\.83 ",
        ),
        ("convert 42 to binary", "", r"^decimal      42\nbinary       0b101010\n"),
        ("convert 1010 from binary to decimal", "101010\n", r"^decimal      10\n(.*\n)+> decimal      42\n"),
        ("convert 1012 from binary to decimal", "", r"^1012 is no number in base 2\.\n"),
        ("convert 2024 to roman numerals", "", r"^2024 = MMXXIV\n"),
        ("split 80 dollars among 4 friends with 20% tip", "", r"Total +96\.00\nEach of 4 +24\.00\n$"),
        (
            "loan of 1200 at 0% over 15 months",
            "",
            r"over 15 months\nMonthly payment: 80\.00(.*\n)+   2 +0\.00 +240\.00 +0\.00\n$",
        ),
        ("is racecar a palindrome", "", r"^racecar: Yes"),
        ('hash "hello" with md5', "", r"hello\n +md5  5d41402abc4b2a76b9719d911017c592\n"),
        ('caesar cipher with shift 1 for "HAL"', "", r"Text: HAL\nEncrypted: IBM\n"),
        ('anagram solver for "listen"', "", r"^listen: enlist, silent, tinsel\n|^listen: [a-z, ]*silent"),
        ("roll a dice", "", r"^[1-6]\n$"),
        ("savings plan with 50 a month for 1 year at 0%", "", r"Paid in 1,600\.00, earned 0\.00"),
        ("mortgage of 100000 at 0 % over 10 years", "", r"Monthly payment: 833\.33\n"),
        ("guess a number from 7 to 8", "7\n8\n", r"number from 7 to 8\.\n(.*\n)*.*Right! You needed [12] tr"),
        ("hangman with 1 life", "1\nq\nx\n", r"lives: 1 "),
        ("quiz with 2 questions", "a\na\n", r"You knew [012] of 2\."),
        ("roll 3d4 100 times", "", r"^3 × 4 sides, 100 throws.*\n +3 (.*\n){9} +12 .*\nAverage"),
        ("flip a coin 7 times", "", r"^[HT]{7}\nHeads"),
        ("maze 3 x 2", "", r"^#{7}\n(#.{5}#\n){3}#{7}\n\n"),
        ("game of life, 1 generation, 40 by 20", "", r"Generation 1, 8 cells\n(.{40}\n){20}\n$"),
        ("caesar cipher with shift 1", "abz\n", r"Encrypted: bca\nDecrypted: zay\n"),
        ("the 2 most common words", "a b b c c c\n", r"common:\n +c +3 ###\n +b +2 ##\n$"),
        ("format json with 1 space", '{"a":1}\n', r'\n\{\n "a": 1\n\}\n$'),
        ('ascii art banner "I"', "", r"^( *#+\n)+$"),
        ("solve x^2 = 2", "", r"x = sqrt\(2\), about 1\.41421\nx = -sqrt\(2\)"),
        ("plot x^3 from 0 to 2", "", r"f'\(x\) = 3\*x\*\*2"),
        ("estimate pi with 500 points", "", r"       500 points"),
        (
            "histogram of 50 numbers with 5 bins, mean 1000 and standard deviation 2",
            "",
            r"^50 numbers from (9[89]\d|100\d)",
        ),
        ("2 random walks of 9 steps", "", r"^(Walker [12]: .*\n){2}Expected after 9 steps: about 3\.0"),
        ("scatter plot with 30 points", "", r"^30 points"),
        ("mandelbrot with 20 iterations", "", r"^2\d\.\d% of the picture"),
        ("visualise bubble sort of 5 numbers", "", r"^  0:(  [1-5]){5}\n"),
        ("compare sorting algorithms on 50 numbers", "", r"^50 random numbers"),
        ("progress bar with 6 steps", "", r"│ 6 │ +14 │"),
        ('reverse the string "Hello, you"', "", r"\nBackwards: +uoy ,olleH\nWords in other order: you Hello,\n"),
        ('count the vowels in "banana"', "", r"^Text: banana\nVowels: 3, consonants: 3\n  a   3\n"),
        ("print an inverted triangle of # with 3 rows", "", r"^###\n##\n#\n$"),
        ("write 1001 in words", "", r"^1,001 = one thousand and one\n"),
        ("is ada@example a valid email", "", r"^ada@example: not valid, the domain has no dot"),
        ("generate 3 random names", "", r"^([A-Z]\w+ [A-Z]\w+\n){3}$"),
        ("12 random quotes", "", r"^((\S.+\n)+    .+\n\n){12}$"),
        ("typing test with 1 sentence", "a\nb\n", r"^.+\n\n.+\n0 words per minute, \d% right\n\nOn average"),
        ("wordle with 1 guess", "apple\n", r"\n1 of 1:    A P P L E\n(.*\n)(Right|The word was)"),
        (
            "memory game with 2 pairs",
            "1\n2\n1\n3\n1\n4\n",
            r"  1    2    3    4\nFirst(.|\n)*You found [12] of 2 pairs",
        ),
        ("6 queens", "", r"^6 queens on a board of 6 by 6: 4 solutions\.\n"),
        ("2 lottery tickets with 3 of 5", "", r"^(( [1-5] ?){3}\n){2}3 of 5: each ticket wins once in 10 draws\.\n$"),
        ("pie chart of 1 and 3", "", r"^part 2 +3 +75\.0%\npart 1 +1 +25\.0%\nin all +4\n"),
        ("bar chart of 3, -1 and 5.5", "", r"^7\.5 in all; most of them, 5\.5, for 3\n"),
        ("line chart of 2 4 9", "", r"^numbers +from 2 to 9, on average 5\.0\n"),
        ("draw a green circle of radius 3", "", r"^Radius: +3\nCircumference: 18\.85\nArea: +28\.27\n"),
        ("sierpinski triangle with depth 2", "", r"^Depth 2: 9 triangles\nThey cover 56\.2%"),
        ("koch snowflake with 2 iterations", "", r"^Depth 2: 48 sides\nIt is 1\.78 times"),
        ("julia set with 50 iterations", "", r" stay after 50 steps\.\n"),
        ("draw a purple heart", "", r"^ +\*+ +\*+\n( *\*+( +\*+)?\n){14}"),
        ("animated sine wave with 5 frames", "", r"^wave\.gif: 5 frames"),
        ("digital clock for 1 second", "", r"^\w+day, .+\n\d\d:\d\d:\d\d\n$"),
        ("draw a 64x32 picture", "", r"^picture\.png: 64 × 32 points\n$"),
    ],
    ids=lambda value: value[:40],
)
def test_the_values_of_a_prompt_change_the_program_as_said(api: Api, prompt: str, given: str, said: str) -> None:
    found = find(prompt)
    assert found is not None
    assert found.values or found.code != found.recipe.program
    output = run(api, found.code, stdin=given)
    assert re.search(said, output), output


def test_every_value_that_can_be_set_is_set_above() -> None:
    marks = test_the_values_of_a_prompt_change_the_program_as_said.pytestmark  # type: ignore[attr-defined]
    found_by = [find(case[0]) for mark in marks if mark.name == "parametrize" for case in mark.args[1]]
    tried = {(found.recipe.name, constant) for found in found_by if found for constant in found.values}
    can = {(recipe.name, parameter.constant) for recipe in recipes() for parameter in recipe.parameters}
    files = {"csv-summary", "csv-reader", "json-reader", "markdown-to-html"}
    assert can - tried == {(name, "FILE") for name in files}  # tried below, with a file


FORMULAS = [
    "1/x", "ln(x)", "log(x)", "sqrt(x)", "abs(x)", "tan(x)", "e^x", "2^x", "x^x", "x^-1", "-x", "pi x", "2pi*x",
    "exp(-x^2)", "asin(x)", "sinh(x)", "2x^2 + 3x - 1", "(x+1)(x-1)", "3(x + 1)", "x sin(x)", "2sin(x)cos(x)",
    "sin(cos(tan(x)))", "x^(1/3)", "1.5x", "(x)^2", "sin (x)", "x*e", "5 - x", "(2x - 1)^2(x + 1)/3",
]  # fmt: skip

ALL_IN_ONE = """
import json
from pathlib import Path

for program in json.loads(Path("programs.json").read_text()):
    exec(compile(program, "program", "exec"), {"__name__": "__main__"})
    plot = __import__("matplotlib.pyplot").pyplot
    plot.gcf().canvas.draw()
    plot.close()
"""


@pytest.mark.long
def test_every_formula_that_is_taken_can_be_plotted(api: Api) -> None:
    programs = []
    for formula in FORMULAS:
        found = find(f"plot {formula}")
        assert found is not None, formula
        assert found.values == {"FUNCTION": formula}
        programs.append(found.code)
    output = run(api, ALL_IN_ONE, files=[{"path": "programs.json", "content": json.dumps(programs)}])
    assert output.count("f(x)  = ") == len(FORMULAS)


def test_a_file_of_ones_own_is_summarised(api: Api) -> None:
    found = find("summary of sales.csv with a plot")
    assert found is not None
    table = "town,price,date\nAvon,10.5,2026-01-01\nBeck,,2026-01-02\n"
    output = run(api, found.code, files=[{"path": "sales.csv", "content": table}])
    assert output.startswith("2 rows, 3 columns\n")
    assert "price: number, 1 different, 1 missing" in output
    texts = run(api, found.code, files=[{"path": "sales.csv", "content": "a,b\nx,y\n"}])
    assert "There are no numbers to summarise." in texts


def test_a_csv_file_of_ones_own_is_read(api: Api) -> None:
    found = find("read towns.csv")
    assert found is not None
    table = 'town,people\n"Avon, upper",10\nBeck\n'
    assert run(api, found.code, files=[{"path": "towns.csv", "content": table}]) == (
        "town         people\n-----------  ------\nAvon, upper  10\nBeck\n\nRows: 2, columns: 2\n"
    )
    assert run(api, found.code, files=[{"path": "towns.csv", "content": ""}]) == "towns.csv is empty.\n"


def test_a_json_file_of_ones_own_is_read(api: Api) -> None:
    found = find("parse towns.json")
    assert found is not None
    town = '{"towns": [{"name": "Avon", "open": null}], "none": []}'
    assert run(api, found.code, files=[{"path": "towns.json", "content": town}]) == (
        'data["towns"][0]["name"] = \'Avon\'   (str)\n'
        'data["towns"][0]["open"] = None   (NoneType)\n'
        'data["none"] = []   (list)\n'
    )
    for wrong, said in (("{", "Line 1, column 2: "), ("[" * 100_000, "towns.json cannot be read: ")):
        assert run(api, found.code, files=[{"path": "towns.json", "content": wrong}]).startswith(said)


def test_a_page_of_ones_own_is_turned_into_html(api: Api) -> None:
    found = find("convert notes.md to html")
    assert found is not None
    page = "# A & B\nfirst *line*\n\n- one\n- <b>two</b>\n"
    assert run(api, found.code, files=[{"path": "notes.md", "content": page}]) == (
        "<h1>A &amp; B</h1>\n<p>first <em>line</em></p>\n"
        "<ul>\n  <li>one</li>\n  <li>&lt;b&gt;two&lt;/b&gt;</li>\n</ul>\n"
    )


def test_files_of_ones_own_are_reported(api: Api) -> None:
    found = find("report of the files in a folder by type")
    assert found is not None
    files = [{"path": path, "content": "same"} for path in ("a.txt", "b/c.csv", "d.weird")]
    output = run(api, found.code, files=files)
    assert "documents: 1, 4 B\n    a.txt  4 B\n" in output
    assert "The same: a.txt, b/c.csv, d.weird\n" in output
    assert "Files: 4." in output
