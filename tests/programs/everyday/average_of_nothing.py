# snakepen: {"stdin": ""}
import sys


def average(numbers):
    return sum(numbers) / len(numbers)


def main():
    print("Enter marks, one per line:")
    marks = [float(line) for line in sys.stdin]
    print("Read", len(marks), "marks")
    print("Average:", average(marks))


if __name__ == "__main__":
    main()
