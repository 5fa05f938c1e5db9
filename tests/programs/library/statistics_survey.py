# snakepen: {"stdin": "23 31 27 45 31 52 38 27 31 60"}
import statistics as st

ages = [int(word) for word in input().split()]
print("n       ", len(ages))
print("mean    ", st.mean(ages))
print("median  ", st.median(ages), st.median_low(ages), st.median_high(ages))
print("modes   ", st.multimode(ages))
print("stdev   ", round(st.stdev(ages), 4), "population", round(st.pstdev(ages), 4))
print("quarters", st.quantiles(ages, n=4))
print("means   ", round(st.geometric_mean(ages), 3), round(st.harmonic_mean(ages), 3))

heights = [150, 158, 161, 149, 172, 180, 175, 155, 168, 181]
line = st.linear_regression(ages, heights)
print(f"height = {line.slope:.3f} * age + {line.intercept:.2f}, r = {st.correlation(ages, heights):.3f}")

iq = st.NormalDist(100, 15)
print(f"above 130: {1 - iq.cdf(130):.3%}; top tenth starts at {iq.inv_cdf(0.9):.1f}")
print(iq + 5, iq.zscore(85))
try:
    st.mode([])
except st.StatisticsError as err:
    print("StatisticsError:", err)
