# Add numbers until we pass twenty
total = 0
for n in range(10):
    total += n
    if total > 20:
        return total

print("total is", total)
