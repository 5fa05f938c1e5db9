print("This line never runs")

prices = {
    "bread": 2.50,
    "milk": [1.10, 1.35,
    "eggs": 3.00,
}

for item, price in prices.items():
    print(item, price)
