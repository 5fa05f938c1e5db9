"""Recipes for money: bills, interest, loans, what was spent."""

from typing import Final

from snakepen.codegen.recipes.recipe import Number, Recipe

_PER_CENT: Final = ("# percent", "# per cent", "rate|interest of|at #", "at # interest", "at #", "# interest")
# How often interest is added; what else may be monthly is what is put in, and "5 % monthly" is a rate of another kind.
_OFTEN: Final = {
    "half yearly": 2, "semi annually": 2, "semiannually": 2, "quarterly": 4, "each|every|per quarter": 4,
    "monthly": 12, "each|every|per month": 12, "weekly": 52, "daily": 365, "each|every|per day": 365,
}  # fmt: skip
_COMPOUNDED: Final = "compound|compounds|compounded|compounding"
_PERIODS: Final = tuple(
    f"{phrase} = {times}"
    for often, times in _OFTEN.items()
    for phrase in (
        f"{_COMPOUNDED}|interest|added|paid {often}",
        f"{often} {_COMPOUNDED}|interest",
        f"{{YEARS}} {often}",
    )
)
_PUT_IN: Final = "deposit|deposits|saving|savings|contribution|contributions"

MONEY: Final = (
    Recipe(
        name="tip-splitter",
        title="Tip and bill splitter",
        summary="Splits a bill between people, with a tip, to the cent.",
        prompt="split a restaurant bill with a tip of 15 %",
        names=(
            "tip of|on {TIP}",
            "tip {TIP}",
            "split|splits|splitting|divide|share ... {BILL} ... {PEOPLE}",
            "{BILL} ... tip",
            "{TIP} tip",
            "tip ... {PEOPLE}|people|friend",
            "tip calculator|splitter|split",
            "split|splits|splitting|divide|share ... bill",
            "calculate ... tip|tips",
            "bill splitter|split|calculator",
        ),
        knows="""
            restaurant, bill, tip, split, splits, splitting, between, among, friend, calculate, calculator, percent,
            percentage, total, per, each, equally, pay, pays, dinner, divide, share, amount, dollar, euro, pound,
            usd, eur, gbp
        """,
        never="electricity, water",
        parameters=(
            Number("PEOPLE", 1, 100, ("# people|friend|person|way", "among|between #")),
            Number("TIP", 0, 100, ("# percent|tip", "# per cent", "tip of #", "tip #")),
            Number(
                "BILL",
                1,
                1_000_000,
                ("split|splits|splitting|divide|share|on #", "bill|dinner of #", "# dollar|euro|pound", "# bill"),
                whole=False,
            ),
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
            calculate, calculator, calculates, compute, interest, rate, savings, saving, money, year, grow, growth,
            grows, invest, investment, percent, compounded, add, adding, plus, compounding, table, deposit, bank,
            amount, principal, compound, balance, dollar, euro, pound, usd, eur, gbp, yearly, annual, annually,
            each|every|per year, save, saves, monthly deposit|deposits|contribution|contributions
        """,
        never="stock, crypto, bitcoin, loan, mortgage, plot, graph, chart, simple interest",
        parameters=(
            Number(
                "MONTHLY",
                0,
                1_000_000,
                (
                    "# each|every|per|a month",
                    "# dollar|euro|pound each|every|per|a month",
                    f"monthly {_PUT_IN} of #",
                    "monthly #",
                    "save|saving|invest|deposit|add|adding|plus # monthly",
                    "save|saving|invest|deposit|add|adding|plus # dollar|euro|pound monthly",
                ),
                whole=False,
            ),
            Number("YEARS", 1, 100, ("# year|y|yr",)),
            Number("PERIODS", 1, 366, ("# times a|per year", *_PERIODS)),
            Number("RATE", 0, 100, _PER_CENT, whole=False),
            Number(
                "AMOUNT",
                0,
                1_000_000_000,
                (
                    "of|on|for|with|start|from|invest|principal #",
                    "# dollar|euro|pound",
                    "interest # at {RATE}",
                    "interest # for|over {YEARS} {YEARS} at|with {RATE}",
                ),
                whole=False,
            ),
        ),
    ),
    Recipe(
        name="simple-interest",
        title="Simple interest",
        summary="Interest without interest on interest, for amounts that one types.",
        prompt="simple interest of 1000 at 5 % for 3 years",
        names=("simple interest",),
        knows="""
            calculate, calculator, calculates, calculating, calculation, compute, interest, rate, percent, year, time,
            principal, amount, formula, money, bank, dollar, euro, pound, usd, eur, gbp, yearly, annual, annually,
            find, finds, total
        """,
        never="compound, compounded, loan, mortgage, monthly, plot, chart, graph",
        parameters=(
            Number("YEARS", 0, 100, ("# year|y|yr", "time|years of #", "time|years #"), whole=False),
            Number("RATE", 0, 100, (*_PER_CENT, "rate #"), whole=False),
            Number(
                "AMOUNT",
                0,
                1_000_000_000,
                ("of|on|for|with|principal|amount #", "# dollar|euro|pound", "interest # at {RATE}"),
                whole=False,
            ),
        ),
    ),
    Recipe(
        name="loan-payments",
        title="Loan payments",
        summary="The monthly payment of a loan or mortgage, its interest, and what is owed after each year.",
        prompt="monthly payment of a loan of 20000 over 5 years",
        names=(
            "loan|mortgage|loans|mortgages",
            "amortization|amortisation",
            "monthly|month payment|payments ... {AMOUNT}",
        ),
        knows="""
            calculate, calculator, calculates, compute, monthly, month, payment, pay, interest, rate, schedule,
            amount, percent, year, repay, repayment, table, amortization, amortisation, cost, house, car, bank, plan,
            dollar, euro, pound, usd, eur, gbp
        """,
        never="""
            compare, comparison, refinance, plot, graph, chart, management, application, approval, simple interest
        """,
        parameters=(
            Number("MONTHS", 1, 720, ("# year|y|yr",), factor=12),
            Number("MONTHS", 1, 720, ("# month",)),
            Number("RATE", 0, 100, _PER_CENT, whole=False),
            Number(
                "AMOUNT",
                1,
                1_000_000_000,
                ("of|for|on|borrow|amount|calculator #", "# loan|mortgage", "loan|mortgage #", "# dollar|euro|pound"),
                whole=False,
            ),
        ),
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
            total, record, personal, file, manager, keep, down, see
        """,
        never="receipt, chart, plot, graph, income, bank, pie, sqlite, database, travel, currency",
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
