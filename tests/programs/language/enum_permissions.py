from enum import Enum, Flag, IntEnum, auto, unique

class Perm(Flag):
    READ = auto()
    WRITE = auto()
    EXEC = auto()
    ALL = READ | WRITE | EXEC

class Priority(IntEnum):
    LOW = 1
    HIGH = 10

class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6)
    MARS = (6.421e23, 3.3972e6)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @property
    def gravity(self):
        return 6.67300e-11 * self.mass / self.radius**2

mine = Perm.READ | Perm.WRITE
print(mine, repr(mine), Perm.EXEC in mine, ~mine)
print([p.name for p in Perm.ALL], mine ^ Perm.READ)
print(Priority.HIGH > Priority.LOW, Priority.HIGH + 5, f"{Priority.LOW}", repr(Priority(10)))
for planet in Planet:
    print(f"{planet.name.title()}: {planet.gravity:.3f} m/s^2")
try:
    Priority(3)
except ValueError as exc:
    print(exc)
try:
    unique(Enum("Dup", {"A": 1, "B": 1}))
except ValueError as exc:
    print(exc)
