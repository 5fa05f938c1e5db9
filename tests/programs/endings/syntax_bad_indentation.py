def greet(name):
    message = "Hello, " + name
    if name == "":
        message = "Hello, stranger"
      return message


print(greet("Sam"))
