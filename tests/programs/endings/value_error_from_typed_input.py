# snakepen: {"stdin": "Priya\ntwelve\n"}
name = input("What is your name? ")
print("Hi", name)
age = int(input("How old are you? "))
if age < 18:
    print("You are a minor.")
else:
    print("You are an adult.")
print("Next year you will be", age + 1)
