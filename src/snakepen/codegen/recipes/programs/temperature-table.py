"""A table of temperatures: Celsius, Fahrenheit and Kelvin side by side."""

FIRST = -20  # degrees Celsius
LAST = 40
STEP = 5

print("Celsius  Fahrenheit   Kelvin")
for celsius in range(FIRST, LAST + 1, STEP):
    fahrenheit = celsius * 9 / 5 + 32
    kelvin = celsius + 273.15
    print(f"{celsius:7}  {fahrenheit:10.1f}  {kelvin:7.2f}")

print()
print("Type a temperature such as 20C or 68F. An empty line ends.")
while True:
    try:
        text = input("> ").strip().upper().replace("°", "")
    except EOFError:
        break
    if text in ("", "QUIT"):
        break
    try:
        degrees, unit = float(text[:-1]), text[-1]
    except ValueError:
        print("I read a number and then C or F.")
        continue
    if unit == "C":
        print(f"{degrees:g} °C = {degrees * 9 / 5 + 32:.1f} °F")
    elif unit == "F":
        print(f"{degrees:g} °F = {(degrees - 32) * 5 / 9:.1f} °C")
    else:
        print("I read a number and then C or F.")
