import numpy as np
import pandas as pd

days = pd.date_range("2024-02-20", periods=20, freq="D")
wave = np.round(8 + 6 * np.sin(np.arange(20) / 3), 1)
temps = pd.Series(wave, index=days, name="temp")

print(temps.head(4))
print(temps.resample("W").agg(["min", "max", "count"]).to_string())
print(temps.loc["2024-02-28":"2024-03-01"].to_dict())
smooth = temps.rolling(5, center=True).mean().round(2)
print("smoothed peak", smooth.max(), "on", smooth.idxmax().date(), "| gaps:", int(smooth.isna().sum()))
print("biggest jump", temps.diff().abs().round(1).idxmax().strftime("%A %d %B"))
print(temps.groupby(temps.index.month_name()).mean().round(2).to_dict())
weekend = temps[temps.index.dayofweek >= 5]
print(len(weekend), "weekend days, warmest", weekend.max())
local = pd.Timestamp("2024-03-31 00:30", tz="Europe/Paris") + pd.Timedelta(hours=2)
print(local, pd.Timestamp("2024-01-31") + pd.DateOffset(months=1), pd.Period("2024Q1").end_time.date())
print(temps.describe().round(2).to_string())
