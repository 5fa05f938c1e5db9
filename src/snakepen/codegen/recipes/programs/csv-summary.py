"""Summarises a CSV file: its columns, statistics of its numbers, and a plot of them."""

import io
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

FILE = "data.csv"  # a sample is used when it is not there
SAMPLE = """\
month,visitors,sales
Jan,1200,300
Feb,1350,340
Mar,1500,410
Apr,1280,390
May,1620,480
Jun,1750,520
"""


def load():
    """Return the table of the file, or that of the sample."""
    if Path(FILE).exists():
        return pd.read_csv(FILE)
    print(f"There is no {FILE}, so this is a sample.")
    return pd.read_csv(io.StringIO(SAMPLE))


def main():
    table = load()
    print(f"{len(table)} rows, {len(table.columns)} columns\n")
    print(table.head().to_string(index=False), "\n")
    missing = table.isna().sum()
    for column in table:
        kind = "number" if pd.api.types.is_numeric_dtype(table[column]) else "text"
        different = table[column].nunique()
        print(f"{column}: {kind}, {different} different, {missing[column]} missing")

    numbers = table.select_dtypes("number")
    if numbers.empty:
        print("\nThere are no numbers to summarise.")
        return
    print(f"\n{numbers.describe().round(2).to_string()}")
    texts = table.columns.difference(numbers.columns, sort=False)
    labels = table[texts[0]].astype(str) if len(texts) else table.index
    for column in numbers:
        plt.plot(labels, numbers[column], marker="o", label=column)
    plt.title(", ".join(numbers))
    plt.xlabel(texts[0] if len(texts) else "row")
    plt.ylabel("value")
    plt.legend()
    plt.show()


if __name__ == "__main__":
    main()
