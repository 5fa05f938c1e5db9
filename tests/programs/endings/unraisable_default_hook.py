class Meta(type):
    def __repr__(cls):
        return f"<{cls.__name__}>"


class Destructor:
    def __init__(self, owner):
        self.owner = owner

    def __call__(self):
        raise ConnectionResetError(104, f"{self.owner} hung up")

    def __get__(self, obj, cls):
        return self

    def __repr__(self):
        return f"<destructor of {self.owner}>"


class Socket(metaclass=Meta):
    __del__ = Destructor("peer")


print(Socket)
s = Socket()
del s
print("still running")
raise SystemExit(0)
