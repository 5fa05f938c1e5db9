from dataclasses import dataclass
import math

@dataclass
class Circle:
    r: float

@dataclass
class Rect:
    w: float
    h: float

def describe(thing):
    match thing:
        case Circle(0):
            return "a point"
        case Circle(r=radius):
            return f"circle of area {math.pi * radius ** 2:.2f}"
        case Rect(w, h) if w == h:
            return f"square with side {w}"
        case Rect(w=w, h=h):
            return f"{w}x{h} rectangle"
        case {"type": "poly", "points": [(x0, y0), *rest], **extra}:
            return f"polygon from ({x0},{y0}) and {len(rest)} more, extra={extra}"
        case [] | None:
            return "nothing"
        case [one]:
            return f"just {describe(one)}"
        case str(text) | bytes(text):
            return f"text {text!r}"
        case int() | float() as number:
            return f"number {number}"
        case _:
            return f"unknown {type(thing).__name__}"

for sample in (Circle(0), Circle(2), Rect(3, 3), Rect(2, 5), [], None, [[Rect(1, 2)]], "hi", b"yo", True, 2.5, 3j,
               {"type": "poly", "points": [(0, 1), (2, 3), (4, 5)], "fill": "red"}):
    print(describe(sample))
