from functools import total_ordering
from math import hypot, isclose


@total_ordering
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Vector({self.x!r}, {self.y!r})"

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __neg__(self): return self * -1
    def __abs__(self): return hypot(self.x, self.y)
    def __bool__(self): return self.x != 0 or self.y != 0
    def __eq__(self, other): return (self.x, self.y) == (other.x, other.y)
    def __lt__(self, other): return abs(self) < abs(other)
    def __iter__(self): return iter((self.x, self.y))


a, b = Vector(3, 4), Vector(1, -2)
print(a + b, 2 * a, a @ b, -b, abs(a))
print(a > b, max(a, b), bool(Vector(0, 0)), a == Vector(3, 4))
x, y = a
print(x, y, isclose(abs(b), 5 ** 0.5), sum([a, b, a], Vector(0, 0)))
a += 5
