"""FizzBuzz: count, but say fizz for multiples of 3 and buzz for multiples of 5."""

LAST = 100
WORDS = {3: "Fizz", 5: "Buzz"}

for number in range(1, LAST + 1):
    print("".join(word for n, word in WORDS.items() if number % n == 0) or number)
