path = "C:\docs\report.txt"
answer = 42

print(path)
if answer is 42:
    print("worked by luck")
print("\d+ matched" if "7".isdigit() else "no")
assert (answer == 42, "always true")
print("done")
