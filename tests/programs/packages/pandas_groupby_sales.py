# snakepen: {"files": {"sales.csv": "date,region,product,units,price\n2024-01-03,North,Widget,10,2.50\n2024-01-15,South,Gadget,3,11.00\n2024-02-02,North,Gadget,5,11.00\n2024-02-20,South,Widget,,2.40\n2024-02-21,North,Widget,7,2.60\n"}}
import pandas as pd

sales = pd.read_csv("sales.csv", parse_dates=["date"])
print(sales.dtypes.to_string())
print("missing:", sales.isna().sum().to_dict())

sales["units"] = sales["units"].fillna(0).astype(int)
sales["revenue"] = (sales["units"] * sales["price"]).round(2)
print(sales.to_string(index=False))

summary = sales.groupby(["region", "product"]).agg(
    units=("units", "sum"), revenue=("revenue", "sum"), orders=("date", "count")
)
print(summary)
monthly = sales.groupby(sales["date"].dt.strftime("%b"), sort=False)["revenue"].sum()
print(monthly.to_dict())
best = sales.loc[sales.groupby("region")["revenue"].idxmax(), ["region", "product", "revenue"]]
best.to_csv("best.csv", index=False)
print(open("best.csv").read(), end="")
