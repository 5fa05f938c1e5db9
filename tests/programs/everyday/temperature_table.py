def fahrenheit(celsius):
    return celsius * 9 / 5 + 32


def feeling(celsius):
    match celsius:
        case c if c < 0:
            return "freezing"
        case c if c < 15:
            return "cold"
        case c if c < 25:
            return "pleasant"
        case _:
            return "hot"


print(f"{'°C':>6} | {'°F':>7} | {'K':>8} |")
print("-" * 7 + "+" + "-" * 9 + "+" + "-" * 10 + "+")
for c in range(-20, 41, 5):
    print(f"{c:>6} | {fahrenheit(c):>7.1f} | {c + 273.15:>8.2f} | {feeling(c)}")
