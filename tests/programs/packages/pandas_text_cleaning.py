# snakepen: {"stdin": "name;city;joined;score\n  alice SMITH ;paris;03/01/2023;12,5\nBOB jones;Lyon ;2023-02-30;n/a\ncarol o'neil;PARIS;17/11/2022;8,25\nalice smith;Paris;03/01/2023;12,5\n"}
import sys

import pandas as pd

raw = pd.read_csv(sys.stdin, sep=";", decimal=",", na_values=["n/a"])
print(raw.to_string())

tidy = raw.assign(
    name=raw["name"].str.strip().str.title(),
    city=raw["city"].str.strip().str.capitalize().astype("category"),
    joined=pd.to_datetime(raw["joined"], format="%d/%m/%Y", errors="coerce"),
)
tidy = tidy.drop_duplicates().reset_index(drop=True)
print(tidy.to_string())
print(tidy.dtypes.to_dict())
print("categories:", list(tidy["city"].cat.categories), tidy["city"].value_counts().to_dict())
print(tidy["name"].str.extract(r"^(?P<first>\w+)\s+(?P<last>.+)$").to_dict("records"))
tidy["band"] = pd.cut(tidy["score"], [0, 10, 20], labels=["low", "high"])
print(tidy.set_index("name")["band"].astype("object").where(tidy.set_index("name")["band"].notna(), "none").to_dict())
print(tidy.to_json(orient="records", date_format="iso"))
