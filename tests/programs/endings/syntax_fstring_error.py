name = "World"
count = 3

print(f"Hello {name}!")
for n in range(count):
    print(f"Message {n + 1} of {count}")
print(f"You have {count messages waiting")
print(f"Bye {name}")
