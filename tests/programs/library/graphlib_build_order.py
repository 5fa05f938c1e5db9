from graphlib import CycleError, TopologicalSorter

RECIPE = {
    "serve": {"plate", "sauce"},
    "plate": {"boil pasta"},
    "boil pasta": {"boil water"},
    "sauce": {"fry onions", "chop tomatoes"},
    "fry onions": {"chop onions"},
}
MINUTES = {"boil water": 8, "boil pasta": 11, "fry onions": 6, "chop onions": 3,
           "chop tomatoes": 4, "sauce": 15, "plate": 1, "serve": 0}

sorter = TopologicalSorter(RECIPE)
sorter.prepare()
finish, round_number = {}, 0
while sorter.is_active():
    ready = sorted(sorter.get_ready())
    round_number += 1
    for step in ready:
        begin = max((finish[needed] for needed in RECIPE.get(step, ())), default=0)
        finish[step] = begin + MINUTES[step]
    print(f"round {round_number}: {', '.join(ready)}")
    sorter.done(*ready)
print("dinner after", finish["serve"], "minutes")

try:
    TopologicalSorter({"chicken": ["egg"], "egg": ["chicken"]}).prepare()
except CycleError as err:
    print("cycle between", sorted(set(err.args[1])))
