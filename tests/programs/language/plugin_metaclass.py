class Registry(type):
    commands = {}

    def __new__(mcls, name, bases, namespace, *, verb=None):
        cls = super().__new__(mcls, name, bases, namespace)
        if verb:
            if verb in mcls.commands:
                raise TypeError(f"verb {verb!r} already taken by {mcls.commands[verb].__name__}")
            mcls.commands[verb] = cls
        return cls

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)

    @classmethod
    def __prepare__(mcls, name, bases, **kwargs):
        return {"created_by": mcls.__name__}

    def __contains__(cls, word):
        return word in cls.words

    def __len__(cls):
        return len(cls.words)

class Command(metaclass=Registry):
    words = ()

class Greet(Command, verb="hello"):
    words = ("hi", "hey", "hello")

class Leave(Command, verb="bye"):
    words = ("bye", "quit")

print({verb: cls.__qualname__ for verb, cls in Registry.commands.items()})
print("hey" in Greet, "hey" in Leave, len(Leave), Greet.created_by)
class Rude(Greet, verb="bye"):
    pass
