"""Recipes for dates."""

from typing import Final

from snakepen.codegen.recipes.accepts import DATE, iso_date
from snakepen.codegen.recipes.catalogue.numbers import FINDING
from snakepen.codegen.recipes.recipe import Recipe, Written

DATES: Final = (
    Recipe(
        name="days-between-dates",
        title="Days between two dates",
        summary="How many days and weeks there are between two dates.",
        prompt="days between 2024-01-01 and 2024-12-25",
        names=(
            "days|day|weeks|time|difference between ... date|dates|{FIRST}",
            "difference in days ... date|dates",
            "date|dates difference",
            "days|weeks from|since|until|till {FIRST}",
            "days|weeks ... between|from|since|until|till {FIRST}",
        ),
        knows=f"{FINDING}, day, week, date, difference, between, count, counts, two, 2, start, end, many, passed, left",
        never="working, business, weekday, weekdays, birthday, christmas, hours, holiday, holidays, age, random",
        parameters=(
            Written("FIRST", DATE, iso_date, single=False),
            Written("LAST", DATE, iso_date, single=False),
        ),
    ),
    Recipe(
        name="day-of-the-week",
        title="Day of the week",
        summary="What day of the week a date is.",
        prompt="what day of the week was 1969-07-20",
        names=(
            "day|weekday of the week",
            "day|weekday of week",
            "weekday of|for|from|finder|calculator",
            "what|which day|weekday ... {FIRST}",
            "{FIRST} ... day|weekday",
        ),
        knows=f"{FINDING}, day, weekday, week, date, certain, finder, born, birthday, falls, fall, fell",
        never="between, next, first, last, sort, list, random, schedule, menu, planner, number to, days, workout",
        parameters=(Written("FIRST", DATE, iso_date),),
    ),
)
