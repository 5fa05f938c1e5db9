"""Recipes for everyday things: calculators, time, lists that are kept."""

from typing import Final

from snakepen.codegen.recipes.accepts import CONVERSION, SUM, arithmetic, conversion
from snakepen.codegen.recipes.recipe import Named, Number, Recipe, Written

_MONTHS: Final = "january february march april may june july august september october november december"
MONTHS: Final = {name: number for number, month in enumerate(_MONTHS.split(), 1) for name in (month, month[:3])}
_MEASURES: Final = (
    "mile|km|kilometer|kilometre|meter|metre|inch|foot|feet|yard|cm|centimeter|centimetre|pound|lb|kg|kilo|kilogram"
    "|ounce|gram|liter|litre|gallon|pint|cup|mph|kmh|knot"
)
# A run at a terminal may take an hour, unless the settings say otherwise.
MOST_WAITED_SECONDS: Final = 59 * 60

EVERYDAY: Final = (
    Recipe(
        name="hello-world",
        title="Hello, world",
        summary="Greets the world, and then whoever types a name.",
        prompt="hello world",
        names=(
            "hello world",
            "greet|greets|greeting ... name",
            "greet|greets me|user",
            "greet|greets the|a user",
            "say|says|saying|print|prints|display|displays hello",
            "say|says hi",
            "ask|asks|asking ... name ... hello|hi|greet|greets",
            "take|takes|get|gets|read|reads|input|enter ... name ... hello|hi|greet|greets",
        ),
        knows="""
            greet, greets, greeting, hello, hi, world, name, first, say, says, saying, to, read, reads
        """,
        never="""
            names, time, times, when, letters, art, big, click, banner, hello kitty, hello|hi to|from a|an|my|your|our,
            say|says|print|prints|display|displays something|anything|it
        """,
    ),
    Recipe(
        name="calculator",
        title="Calculator",
        summary="Works out sums with brackets and powers, line by line, without eval().",
        prompt="create a simple calculator",
        names=(
            "calculator|calculators|calc",
            "calculate|calculates|compute|evaluate ... {FIRST}",
            "what is {FIRST}",
            "whats {FIRST}",
        ),
        knows="""
            add, addition, adding, plus, subtract, subtraction, subtracting, minus, multiply, multiplication,
            multiplying, times, divide, division, dividing, power, bracket, parentheses, sum, arithmetic, math,
            maths, mathematical, operation, 4 operations, four, calculation, calculate, expression, error, zero,
            handling, handle, pocket, result, evaluate, numbers, 2 numbers, two, decimal, basic operations, wrong,
            handles
        """,
        never="""
            scientific, graphing, currency, grade, gpa, calorie, tax, area, volume, matrix, fraction,
            complex, dates, add|adds|adding|subtract|subtracts times
        """,
        parameters=(Written("FIRST", SUM, arithmetic),),
    ),
    Recipe(
        name="unit-converter",
        title="Unit converter",
        summary="Converts lengths, weights, volumes, speeds, times and temperatures.",
        prompt="convert miles to kilometers",
        names=(
            "unit|units|measurement converter|conversion|conversions|converting",
            "convert|converts|converting|change ... unit|measurement|length|weight|distance|volume",
            "unit|length|weight|distance|speed|volume|metric|imperial converter|conversion",
            f"convert|converts|converting|conversion|change|turn ... {_MEASURES}",
            f"{_MEASURES} to|into|in|and|or {_MEASURES}",
            f"converter|conversion for|of|between {_MEASURES}",
            "{AMOUNT}",
        ),
        knows="""
            length, weight, distance, volume, speed, time, temperature, metric, imperial, measurement, mass,
            convert, converts, converting, converter, conversion, turn, change, unit, different, between
        """,
        never=f"""
            currency, currencies, dollar, euro, exchange, byte, megabyte, timezone,
            @ {_MEASURES} to|into|in|as {_MEASURES} and|or {_MEASURES}
        """,
        parameters=(
            Written("UNITS", CONVERSION, conversion, single=False),
            Number("AMOUNT", -1_000_000_000, 1_000_000_000, ("# {UNITS}", "# degree {UNITS}"), whole=False),
        ),
        in_millions=False,
    ),
    Recipe(
        name="temperature-table",
        title="Temperature table",
        summary="A table of Celsius, Fahrenheit and Kelvin, and conversions of what one types.",
        prompt="celsius to fahrenheit table",
        names=(
            "temperature table|converter|conversion|chart",
            "convert|converts|converting|conversion|converter ... temperature",
            "celsius|centigrade|c ... fahrenheit|kelvin",
            "fahrenheit|f|kelvin ... celsius",
            "c to f",
            "f to c",
        ),
        knows="""
            celsius, fahrenheit, kelvin, degree, temperature, table, convert, converts, converting, converter,
            conversion, turn, change, chart, between, calculator, vice versa
        """,
        never="weather, forecast, sensor, plot, graph",
        parameters=(
            Number("FIRST", -273, 5000, ("from # to|up|until", "between # and @")),
            Number("LAST", -273, 5000, ("from @ to|until|up|through #", "between @ and #", "up to #")),
            Number("STEP", 1, 500, ("step|steps of #", "step|steps #", "every #", "# degree step|steps")),
        ),
        ascending=("FIRST", "LAST"),
    ),
    Recipe(
        name="bmi",
        title="Body mass index",
        summary="Asks for weight and height, and says the body mass index and its class.",
        prompt="BMI calculator",
        names=("bmi", "body mass index", "what is my bmi|body", "whats my bmi|body"),
        knows="calculator, calculate, calculates, compute, weight, height, body, mass, index, category, health, kg, cm",
        never="plot, chart, graph, history, track, tracker",
    ),
    Recipe(
        name="age-in-days",
        title="Age in days",
        summary="How old somebody is in years, days and hours, and how long it is until the birthday.",
        prompt="how many days old am I",
        names=(
            "age calculator",
            "age in|into day|week|hour|month|year",
            "how many|much day|hour ... old|alive|lived",
            "how old ... am|is|are",
            "calculate|calculates|calculating|compute ... age",
            "days|day until|till|to ... birthday",
            "birthday countdown",
            "next birthday",
        ),
        knows="""
            age, day, hour, year, old, birthday, born, birth, date, calculate, calculator, calculates, next, lived,
            alive, how, many, until, exact, exactly, days, long
        """,
        never="dog, cat, earth, universe, tree, average, planet, old is python|school",
    ),
    Recipe(
        name="month-calendar",
        title="Calendar",
        summary="The calendar of a month, or of a whole year.",
        prompt="calendar of March 2027",
        names=("calendar",),
        knows="month, year, this, print, current, week, day, monthly, yearly, whole",
        never="event, appointment, google, reminder, schedule, sync, birthday, holiday, events, advent",
        parameters=(
            Named("MONTH", MONTHS),
            Number("YEAR", 1, 9999, ("calendar ... #", "year|for|of|in #", "# calendar", "#")),
        ),
    ),
    Recipe(
        name="countdown",
        title="Countdown timer",
        summary="Counts down to zero, second by second.",
        prompt="countdown timer of 10 seconds",
        names=("countdown|countdowns", "count ... down", "timer", "egg timer"),
        knows="""
            timer, countdown, second, minute, hour, time, seconds, egg, clock, count, down, zero, s, m, min,
            to 1, to one, to 0, start, go
        """,
        never="""
            birthday, christmas, pomodoro, alarm, sound, new year, stopwatch, quiz, days, decorator, up,
            function, functions, time a|the|my|your|this program|script|code|app, for|of my|your|this|the code|script
        """,
        parameters=(
            Number("SECONDS", 1, MOST_WAITED_SECONDS, ("# second|sec|s", "# seconds")),
            Number("SECONDS", 1, MOST_WAITED_SECONDS, ("# minute|min|m",), factor=60),
            Number("SECONDS", 1, MOST_WAITED_SECONDS, ("# hour|h|hr",), factor=3600),
            Number("SECONDS", 1, MOST_WAITED_SECONDS, ("from|of|for #", "countdown|timer #")),
        ),
        in_millions=False,
        waits="SECONDS",
    ),
    Recipe(
        name="stopwatch",
        title="Stopwatch",
        summary="Measures time with laps.",
        prompt="stopwatch with laps",
        names=("stopwatch|stopwatches", "stop watch"),
        knows="lap, time, timer, measure, measures, stop, elapsed, second, press, enter",
        never="countdown, alarm",
    ),
    Recipe(
        name="clock",
        title="Digital clock",
        summary="Shows the date, and the time for some seconds as it passes.",
        prompt="digital clock for 5 seconds",
        names=(
            "digital|ticking|live clock",
            "clock that|which tick|ticks|runs",
            "clock ... # second|s|sec|minute|min",
            "show|shows|print|prints|display|displays|tell|tells ... current time|date",
            "show|shows|print|prints|display|displays|tell|tells ... the time|date",
            "what time is it",
            "what day is it|today",
            "what is ... current time|date",
            "what is the time|date today|now",
            "what is|are today|todays date",
            "show|shows|print|prints|display|displays|tell|tells ... today|todays date",
            "clock",
        ),
        knows="""
            clock, digital, ticking, live, tick, ticks, current, time, date, second, seconds, minute, now, today,
            todays, hour, day, updates, update, every second, running, for, what
        """,
        never="""
            alarm, world, analog, analogue, binary, count, countdown, chess, zone, zones, utc, format, between, until,
            since, complexity, sunrise, table, execution, elapsed, server, release, bus, train, due, birth, birthday,
            difference, add, took, takes, at, speed, word, cuckoo, stop, timestamp, birthdate,
            the time|date of|for, time|date in second|minute|hour|day,
            every @, every minute|hour|day, file, run time, running time
        """,
        parameters=(
            Number("SECONDS", 1, MOST_WAITED_SECONDS, ("# second|sec|s", "# seconds")),
            Number("SECONDS", 1, MOST_WAITED_SECONDS, ("# minute|min|m",), factor=60),
        ),
        in_millions=False,
        waits="SECONDS",
    ),
    Recipe(
        name="inventory",
        title="Inventory",
        summary="Goods with their numbers and prices, kept in a JSON file.",
        prompt="inventory management system",
        names=(
            "inventory manager|management|system|tracker|app|program|list",
            "stock|warehouse management",
            "manage|manages|track|tracks|keep|keeps ... inventory",
        ),
        knows="""
            inventory, manager, management, manage, manages, system, tracker, track, tracks, stock, item, product,
            goods, price, quantity, add, remove, list, keep, keeps, shop, store, warehouse, save, json, file, count
        """,
        never="""
            role, roles, sqlite, database, sql, csv, barcode, supplier, game, rpg, flask, class, classes, orders,
            market, report, exchange, trading, price alert, share, portfolio
        """,
    ),
    Recipe(
        name="password-maker",
        title="Password maker",
        summary="Makes strong random passwords with the randomness of the operating system.",
        prompt="make 3 passwords of 20 characters",
        names=(
            "password generator|maker|creator|generation",
            "generate|generates|make|makes|create|creates|random|strong|secure|safe ... password|passphrase",
            "# password|passwords",
            "password ... {LENGTH}",
            "{LENGTH} ... password",
        ),
        knows="""
            password, generator, generate, generates, random, randomly, strong, secure, safe, character, letter,
            digit, numbers, symbol, special, uppercase, lowercase, upper, lower, case, long, length, mixed, maker
        """,
        never="""
            manager, store, database, checker, strength, check, hash, memorable, words, vault, guess,
            lowercase|uppercase password, letters|letter and|or digits|digit|numbers, digits|numbers and|or letters
        """,
        parameters=(
            Number("LENGTH", 4, 128, ("# character|char|long", "length ... #", "of # character|char")),
            Number("COUNT", 1, 1000, ("# ... password",)),
        ),
    ),
    Recipe(
        name="random-numbers",
        title="Random numbers",
        summary="Picks whole numbers between two bounds by chance.",
        prompt="pick 3 random numbers between 1 and 6",
        names=(
            "random number|numbers|integer|integers between|from",
            "pick|picks|choose|chooses|draw|draws|generate|generates ... random number|numbers|integer|integers",
            "random number|integer generator|picker",
            "random integers",
        ),
        knows="""
            random, randomly, numbers, integer, pick, picks, choose, chooses, draw, draws, generate, generates,
            generator, between, whole, range, randint
        """,
        never="""
            guess, guesses, guessing, game, plot, histogram, sort, sorting, sum, average, mean, csv, file, dice, coin,
            normal, gaussian, prime, float, decimal, even, odd, unique, different, lottery, seed, matrix, chart, quiz,
            walk, 0|zero and|to 1|one
        """,
        parameters=(
            Number("LOWEST", -1_000_000_000, 1_000_000_000, ("between # and|to @", "from # to|up|until @", "# to @")),
            Number("HIGHEST", -1_000_000_000, 1_000_000_000, ("between @ and|to #", "from @ to|until #", "@ to #")),
            Number("COUNT", 1, 10_000, ("# ... number|integer",)),
        ),
        ascending=("LOWEST", "HIGHEST"),
    ),
    Recipe(
        name="to-do-list",
        title="To-do list",
        summary="A to-do list that is kept in an SQLite database.",
        prompt="a to-do list with sqlite",
        names=("to do list|app|manager", "todo|todos", "task list|manager|tracker"),
        knows="""
            list, task, database, db, sqlite, sqlite3, sql, add, adding, delete, remove, mark, done, complete,
            completed, save, saved, store, stored, keep, keeps, finished, manager, item, track, simple, persistent,
            persist
        """,
        never="due, deadline, priority, priorities, category, tag, reminder, flask, csv, json, team, calendar",
    ),
    Recipe(
        name="contact-book",
        title="Contact book",
        summary="Names, phone numbers and e-mail addresses, kept in a JSON file.",
        prompt="a contact book with phone numbers",
        names=(
            "contact|address book|list|manager|management",
            "phone|telephone book|directory|list",
            "phonebook",
            "store|stores|save|keep ... contact|contacts",
        ),
        knows="""
            contact, phone, telephone, numbers, name, email, mail, address, store, stores, save, saved, search,
            find, add, delete, remove, json, book, list, manager, keep, file, look, friends
        """,
        never="google, sync, csv, sqlite, database, vcard, birthday",
    ),
)
