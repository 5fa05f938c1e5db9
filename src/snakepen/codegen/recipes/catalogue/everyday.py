"""Recipes for everyday things: calculators, money, time, lists that are kept."""

from typing import Final

from snakepen.codegen.recipes.recipe import Named, Number, Recipe

_MONTHS: Final = "january february march april may june july august september october november december"
MONTHS: Final = {name: number for number, month in enumerate(_MONTHS.split(), 1) for name in (month, month[:3])}
_MEASURES: Final = (
    "mile|km|kilometer|kilometre|meter|metre|inch|foot|feet|yard|cm|centimeter|centimetre|pound|lb|kg|kilo|kilogram"
    "|ounce|gram|liter|litre|gallon|pint|cup|mph|kmh|knot"
)
_PER_CENT: Final = ("# percent", "# per cent", "rate|interest of|at #", "at # interest", "at #", "# interest")

EVERYDAY: Final = (
    Recipe(
        name="calculator",
        title="Calculator",
        summary="Works out sums with brackets and powers, line by line, without eval().",
        prompt="create a simple calculator",
        names=("calculator|calculators|calc",),
        knows="""
            add, addition, adding, plus, subtract, subtraction, subtracting, minus, multiply, multiplication,
            multiplying, times, divide, division, dividing, power, bracket, parentheses, sum, arithmetic, math,
            maths, mathematical, operation, 4 operations, four, calculation, calculate, expression, error, zero,
            handling, handle, pocket, result, evaluate, numbers, 2 numbers, two, decimal
        """,
        never="scientific, graphing, currency, grade, gpa, calorie, tax, area, volume, matrix, fraction, complex",
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
            f"{_MEASURES} to|into|in {_MEASURES}",
            f"converter|conversion for|of|between {_MEASURES}",
        ),
        knows="""
            length, weight, distance, volume, speed, time, temperature, metric, imperial, measurement, mass,
            convert, converts, converting, converter, conversion, unit, mile, km, kilometer, kilometre, meter,
            metre, inch, foot, feet, yard, cm, pound, lb, kg, kilo, kilogram, ounce, gram, liter, litre, gallon,
            pint, celsius, fahrenheit, second, minute, hour, different, between
        """,
        never="currency, currencies, dollar, euro, exchange, byte, megabyte, timezone",
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
            conversion, chart, between, calculator, vice versa
        """,
        never="weather, forecast, sensor, plot, graph",
        parameters=(
            Number("FIRST", -273, 5000, ("from # to|up|until", "between # and @")),
            Number("LAST", -273, 5000, ("from @ to|until|up|through #", "between @ and #", "up to #")),
            Number("STEP", 1, 500, ("step|steps of #", "every #", "# degree step|steps")),
        ),
        ascending=("FIRST", "LAST"),
    ),
    Recipe(
        name="bmi",
        title="Body mass index",
        summary="Asks for weight and height, and says the body mass index and its class.",
        prompt="BMI calculator",
        names=("bmi", "body mass index"),
        knows="calculator, calculate, calculates, compute, weight, height, body, mass, index, category, health, kg, cm",
        never="plot, chart, graph, history, track, tracker",
    ),
    Recipe(
        name="tip-splitter",
        title="Tip and bill splitter",
        summary="Splits a bill between people, with a tip, to the cent.",
        prompt="split a restaurant bill with a tip of 15 %",
        names=(
            "tip of {TIP}",
            "{TIP} tip",
            "tip ... {PEOPLE}|people|friend",
            "tip calculator|splitter|split",
            "split|splits|splitting|divide|share ... bill",
            "calculate ... tip|tips",
            "bill splitter|split|calculator",
        ),
        knows="""
            restaurant, bill, tip, split, splits, splitting, between, among, friend, calculate, calculator, percent,
            percentage, total, per, each, equally, pay, pays, dinner, divide, share, amount
        """,
        never="electricity, water",
        parameters=(
            Number("PEOPLE", 1, 100, ("# people|friend|person|way", "among|between #")),
            Number("TIP", 0, 100, ("# percent|tip", "# per cent", "tip of #", "tip #")),
        ),
    ),
    Recipe(
        name="compound-interest",
        title="Compound interest",
        summary="How savings grow year by year.",
        prompt="compound interest of 5000 at 4 % over 20 years",
        names=(
            "compound interest",
            "compounding",
            "savings calculator|growth|plan",
            "savings|money|euro|dollar|pound ... grow|grows",
            "investment growth|calculator",
        ),
        knows="""
            calculate, calculator, calculates, compute, interest, rate, savings, saving, money, year, yearly,
            annual, grow, growth, grows, invest, investment, monthly, month, percent, table, deposit, bank, amount,
            principal, compound, balance
        """,
        never="stock, crypto, bitcoin, loan, mortgage, plot, graph, chart",
        parameters=(
            Number(
                "MONTHLY", 0, 1_000_000, ("# each|every|per|a month", "# monthly", "monthly # ", "plus #"), whole=False
            ),
            Number("YEARS", 1, 100, ("# year|y|yr",)),
            Number("RATE", 0, 100, _PER_CENT, whole=False),
            Number(
                "AMOUNT",
                0,
                1_000_000_000,
                ("of|on|for|with|start|from|invest|principal|save|saving #", "# dollar|euro|pound"),
                whole=False,
            ),
        ),
    ),
    Recipe(
        name="loan-payments",
        title="Loan payments",
        summary="The monthly payment of a loan or mortgage, its interest, and what is owed after each year.",
        prompt="monthly payment of a loan of 20000 over 5 years",
        names=("loan|mortgage|loans|mortgages", "amortization|amortisation"),
        knows="""
            calculate, calculator, calculates, compute, monthly, month, payment, pay, interest, rate, schedule,
            amount, percent, year, repay, repayment, table, amortization, amortisation, cost, house, car, bank, plan
        """,
        never="compare, comparison, refinance, plot, graph, chart, management, application, approval",
        parameters=(
            Number("YEARS", 1, 60, ("# year|y|yr",)),
            Number("RATE", 0, 100, _PER_CENT, whole=False),
            Number(
                "AMOUNT",
                1,
                1_000_000_000,
                ("of|for|on|borrow|amount #", "# loan|mortgage", "# dollar|euro|pound"),
                whole=False,
            ),
        ),
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
            alive, how, many, until, exact, exactly, days
        """,
        never="dog, cat, earth, universe, tree, average, planet",
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
        knows="timer, countdown, second, minute, hour, time, seconds, egg, clock, count, down, zero, s, m, min",
        never="birthday, christmas, pomodoro, alarm, sound, new year, stopwatch, quiz, days, decorator",
        parameters=(
            Number("SECONDS", 1, 86_400, ("# second|sec|s", "# seconds")),
            Number("SECONDS", 1, 86_400, ("# minute|min|m",), factor=60),
            Number("SECONDS", 1, 86_400, ("# hour|h|hr",), factor=3600),
            Number("SECONDS", 1, 86_400, ("from|of|for #", "countdown|timer #")),
        ),
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
        never="manager, store, database, checker, strength, check, hash, memorable, words, vault, guess",
        parameters=(
            Number(
                "LENGTH", 4, 128, ("# character|char|letter|digit|symbol|long", "length ... #", "of # character|char")
            ),
            Number("COUNT", 1, 1000, ("# ... password",)),
        ),
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
        name="expense-tracker",
        title="Expense tracker",
        summary="Keeps expenses in a CSV file, and adds them up by category.",
        prompt="track my expenses by category",
        names=(
            "expense tracker|manager|list|tracking",
            "expenses",
            "track|tracks|tracking|record|log ... expense|expenses|spending",
            "spending|budget tracker",
        ),
        knows="""
            track, tracks, tracking, tracker, expense, spending, category, csv, money, save, saved, store, add, sum,
            total, record, personal, file, budget, manager, keep, month
        """,
        never="receipt, chart, plot, graph, income, bank, pie, sqlite, database, travel, currency",
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
    Recipe(
        name="bank-account",
        title="Bank account",
        summary="A class with deposit, withdrawal, transfer and a statement, shown at work.",
        prompt="bank account class with deposit and withdraw",
        names=("bank account", "bankaccount", "atm", "bank|banking class|simulation|system|simulator", "account class"),
        knows="""
            class, deposit, withdraw, withdrawal, balance, transfer, statement, money, bank, account, oop, object,
            oriented, dataclass, check, method, simulation, simulator, simulate, simulates, history, transaction
        """,
        never="interest, pin, api, number, iban, sqlite, database, admin, menu",
    ),
)
