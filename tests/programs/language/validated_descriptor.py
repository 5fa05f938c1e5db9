class Bounded:
    def __init__(self, low, high):
        self.low, self.high = low, high

    def __set_name__(self, owner, name):
        self.name = name
        print(f"{owner.__name__}.{name} is bounded to [{self.low}, {self.high}]")

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, self.low)

    def __set__(self, obj, value):
        if not self.low <= value <= self.high:
            raise ValueError(f"{self.name}={value!r} is outside {self.low}..{self.high}")
        obj.__dict__[self.name] = value

    def __delete__(self, obj):
        obj.__dict__.pop(self.name, None)


class Thermostat:
    target = Bounded(5, 30)
    humidity = Bounded(0.0, 1.0)


t = Thermostat()
print(t.target, t.humidity)
t.target = 21
t.humidity = 0.45
print(vars(t))
for bad in (31, -4):
    try:
        t.target = bad
    except ValueError as exc:
        print("rejected:", exc)
del t.target
print(t.target, type(Thermostat.target).__name__)
