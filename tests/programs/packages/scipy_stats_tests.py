import numpy as np
from scipy import stats

before = np.array([72, 75, 69, 80, 78, 74, 71, 77])
after = np.array([70, 74, 70, 75, 73, 72, 70, 74])

paired = stats.ttest_rel(before, after)
print(f"paired t = {paired.statistic:.4f}, p = {paired.pvalue:.4f}, df = {paired.df}")
rank = stats.wilcoxon(before, after, method="approx")
print(f"wilcoxon {rank.statistic:.1f}, p = {rank.pvalue:.3f}")

observed = [[30, 14], [18, 38]]
chi2, p, dof, expected = stats.chi2_contingency(observed)
print(f"chi2 = {chi2:.3f}, dof = {dof}, p = {p:.5f}, expected {expected.round(2).tolist()}")

line = stats.linregress(before, after)
print(f"after = {line.slope:.3f} * before + {line.intercept:.3f}, r = {line.rvalue:.3f}")
print("pearson and spearman agree in sign:", np.sign(stats.pearsonr(before, after)[0]) == np.sign(stats.spearmanr(before, after)[0]))

print("z for 95%:", stats.norm.ppf(0.975).round(4), "| heads 8 or more of 10:", stats.binom.sf(7, 10, 0.5).round(5))
low, high = stats.t.interval(0.95, df=len(before) - 1, loc=before.mean(), scale=stats.sem(before))
print(f"mean {before.mean():.2f}, between {low:.2f} and {high:.2f}")
print(stats.poisson(3).pmf(np.arange(5)).round(4), stats.zscore([1, 2, 3]).round(3))
