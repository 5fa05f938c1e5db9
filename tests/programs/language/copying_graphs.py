import copy
import pickle

class Person:
    def __init__(self, name):
        self.name, self.friends = name, []
        self._cache = {"big": list(range(3))}

    def __repr__(self):
        return f"<{self.name}: {[f.name for f in self.friends]}>"

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["_cache"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state, _cache={})

ann, bob = Person("Ann"), Person("Bob")
ann.friends.append(bob)
bob.friends += [ann, bob]
shallow, deep = copy.copy(ann), copy.deepcopy(ann)
ann.friends.append(Person("Cat"))
bob.name = "Bobby"
print(ann, shallow, deep, sep="\n")
print(shallow.friends is ann.friends, deep.friends[0].friends[0] is deep, shallow._cache, ann._cache["big"])
again = pickle.loads(pickle.dumps(ann))
print(again, again.friends[0].friends[1] is again.friends[0])

grid = [[0] * 3] * 2
grid[0][1] = 9
fixed = copy.deepcopy(grid)
fixed[1] = fixed[1][:]
fixed[1][0] = 5
print(grid, fixed)
loop = [1]
loop.append(loop)
print(loop, copy.deepcopy(loop)[1][1][0])
