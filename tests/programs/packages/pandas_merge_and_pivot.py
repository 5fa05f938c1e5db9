import pandas as pd

students = pd.DataFrame({"id": [1, 2, 3, 4], "name": ["Ada", "Ben", "Cho", "Dee"], "year": [1, 1, 2, 2]})
marks = pd.DataFrame(
    [(1, "art", 70), (1, "maths", 95), (2, "art", 62), (3, "maths", 81), (3, "art", 77), (9, "art", 50)],
    columns=["id", "subject", "mark"],
)

joined = students.merge(marks, on="id", how="outer", indicator=True)
print(joined.to_string())
print(joined["_merge"].value_counts().sort_index().to_dict())

inner = students.merge(marks, on="id", validate="one_to_many")
table = inner.pivot_table(index="name", columns="subject", values="mark", fill_value=0, margins=True, margins_name="mean")
print(table.round(1))
long = table.drop(columns="mean").reset_index().melt(id_vars="name", value_name="mark")
print(long.sort_values(["mark", "name"], ascending=[False, True]).head(3).to_string(index=False))
print(pd.crosstab(inner["year"], inner["subject"]))

copy = inner[inner["mark"] > 75]
copy.loc[:, "mark"] = 0
print("original untouched:", inner["mark"].max())
try:
    students.merge(marks, on="student_id")
except KeyError as err:
    print("KeyError:", err)
