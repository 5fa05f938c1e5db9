# snakepen: {"files": {"shapes.py": "class Square:\n    def __init__(self, side):\n        self.side = side\n\n    def __getstate__(self):\n        return {'side': self.side}\n\n    def __setstate__(self, state):\n        self.side = state['side']\n        self.restored = True\n"}}
import copy
import copyreg
import pickle

from shapes import Square


class Player:
    def __init__(self, name, friends=()):
        self.name, self.friends = name, list(friends)

    def __repr__(self):
        return f"Player({self.name!r}, {[f.name for f in self.friends]})"


class Celsius(float):
    pass

copyreg.pickle(Celsius, lambda c: (Celsius, (round(float(c), 1),)))

ann = Player("Ann")
bo = Player("Bo", [ann])
ann.friends.append(bo)
with open("save.pkl", "wb") as f:
    pickle.dump({"players": [ann, bo], "board": Square(8), "temp": Celsius(21.4567)}, f)

with open("save.pkl", "rb") as f:
    state = pickle.load(f)
print(state["players"], state["players"][0].friends[0] is state["players"][1])
print(vars(state["board"]), state["temp"], type(state["temp"]).__name__)

twin = copy.deepcopy(ann)
twin.friends[0].name = "Clone"
print(ann, twin)
for thing in (lambda: 0, (n for n in "ab")):
    try:
        pickle.dumps(thing)
    except (pickle.PicklingError, TypeError, AttributeError) as err:
        print("not picklable:", type(thing).__name__)
