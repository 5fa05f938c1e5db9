grades = {
    "alice": {"maths": 91, "art": 78},
    "bob": {"maths": 64},
}


def average(subject):
    marks = [student[subject] for student in grades.values()]
    return sum(marks) / len(marks)


print(f"Maths average: {average('maths'):.1f}")
print("Art for alice:", grades["alice"].get("art", "n/a"))
try:
    print([1, 2, 3][3])
except LookupError as e:
    print("Lookup problem:", e)
print(f"Art average: {average('art'):.1f}")
