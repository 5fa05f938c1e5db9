# snakepen: {"stdin": "84.60\n18\n4\n"}
bill = float(input("What was the total bill? $"))
tip = int(input("What percentage tip would you like to give? "))
people = int(input("How many people to split the bill? "))

tip_amount = bill * tip / 100
total = bill + tip_amount
share = round(total / people, 2)

print()
print("Tip:   $%8.2f" % tip_amount)
print("Total: $%8.2f" % total)
print("Each person should pay: ${:.2f}".format(share))
difference = round(share * people - total, 2)
if difference:
    print(f"(rounding difference: {difference:+.2f})")
