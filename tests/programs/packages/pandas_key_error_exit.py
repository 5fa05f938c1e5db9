import pandas as pd

frame = pd.DataFrame({"fruit": ["fig", "plum"], "kg": [1.5, 4.0]})
print(frame)
print(frame.query("kg > 2")["fruit"].tolist(), frame["kg"].sum())


def lookup(column):
    if column not in frame:
        raise SystemExit(f"no column {column!r}, only {', '.join(frame.columns)}")
    return frame[column]


print(lookup("kg").mean())
print(lookup("colour"))
