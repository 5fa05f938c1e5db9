"""Converts between units: type "5 miles in km" or "70 f to c"."""

import re

AMOUNT = 5  # is converted before anything is typed
UNITS = "miles to km"

# How much one of each unit is, in the first unit of its group.
GROUPS = {
    "length": {
        "m": 1,
        "km": 1000,
        "cm": 0.01,
        "mm": 0.001,
        "mi": 1609.344,
        "yd": 0.9144,
        "ft": 0.3048,
        "in": 0.0254,
    },
    "weight": {"kg": 1, "g": 0.001, "t": 1000, "lb": 0.45359237, "oz": 0.028349523125},
    "volume": {"l": 1, "ml": 0.001, "gal": 3.785411784, "pt": 0.473176473, "cup": 0.24},
    "speed": {"km/h": 1, "mph": 1.609344, "m/s": 3.6, "kn": 1.852},
    "time": {"s": 1, "min": 60, "h": 3600, "day": 86400, "week": 604800},
}
# Other names of the units.
NAMES = {
    "meter": "m", "metre": "m", "kilometer": "km", "kilometre": "km",
    "centimeter": "cm", "centimetre": "cm", "millimeter": "mm", "millimetre": "mm",
    "mile": "mi", "yard": "yd", "foot": "ft", "feet": "ft", "inch": "in",
    "inche": "in", "kilo": "kg", "kilogram": "kg", "gram": "g", "ton": "t",
    "tonne": "t", "pound": "lb", "ounce": "oz", "liter": "l", "litre": "l",
    "gallon": "gal", "pint": "pt", "kmh": "km/h", "kph": "km/h", "knot": "kn",
    "sec": "s", "second": "s", "minute": "min", "hour": "h", "celsius": "c",
    "fahrenheit": "f", "kelvin": "k",
}  # fmt: skip


def short_name(name):
    """Return "km" for "km", "kilometer" and "Kilometers"."""
    name = name.lower().strip(" .°")
    for known in (name, name.removesuffix("s")):
        if known in NAMES:
            return NAMES[known]
        if known in ("c", "f", "k") or any(known in group for group in GROUPS.values()):
            return known
    raise ValueError(f"I do not know the unit {name!r}")


def convert(number, source, target):
    """Return the number in another unit."""
    source, target = short_name(source), short_name(target)
    if source in "cfk" and target in "cfk":
        celsius = {"c": number, "f": (number - 32) / 1.8, "k": number - 273.15}[source]
        return {"c": celsius, "f": celsius * 1.8 + 32, "k": celsius + 273.15}[target]
    for group in GROUPS.values():
        if source in group and target in group:
            return number * group[source] / group[target]
    raise ValueError(f"{source} cannot become {target}: they measure different things")


def number_of(text):
    """Return 1,200.5 as 1200.5; what 1,5 is depends on who wrote it."""
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if "," in text:
        raise ValueError("use a point for decimals, as in 1.5")
    if not re.fullmatch(r"-?(\d+\.?\d*|\.\d+)", text):
        raise ValueError(f"{text} is not a number that I can read")
    return float(text)


def show(number, source, target):
    print(f"{number:.12g} {source} = {convert(number, source, target):.6g} {target}")


def main():
    source, _, target = UNITS.split()
    show(AMOUNT, source, target)
    for kind, group in GROUPS.items():
        print(f"{kind:>11}: {', '.join(group)}")
    print("temperature: c, f, k")
    print('Type for example "5 miles in km". An empty line ends.')
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        found = re.fullmatch(r"(-?[\d.,]+)\s*(\S+)\s+(?:in|to|as)\s+(\S+)", text)
        if not found:
            print('I read "number unit in unit", such as "5 miles in km".')
            continue
        try:
            show(number_of(found[1]), found[2], found[3])
        except ValueError as error:
            print(f"Sorry: {error}.")


if __name__ == "__main__":
    main()
