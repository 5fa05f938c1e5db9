from graphlib import CycleError, TopologicalSorter

TASKS = {
    "dress": (10, ["shower"]),
    "shower": (15, ["wake"]),
    "wake": (1, []),
    "coffee": (5, ["wake"]),
    "breakfast": (20, ["coffee", "dress"]),
    "pack": (7, ["dress"]),
    "leave": (2, ["breakfast", "pack"]),
}


def depth_first(name, done, trail=()):
    if name in trail:
        raise ValueError(" -> ".join((*trail, name)))
    for need in TASKS[name][1]:
        depth_first(need, done, (*trail, name))
    if name not in done:
        done.append(name)
    return done


order = depth_first("leave", [])
finish = {}
for name in order:
    minutes, needs = TASKS[name]
    begin = max((finish[n] for n in needs), default=0)
    finish[name] = begin + minutes
    print(f"{name:<10}{begin:>4}-{finish[name]:<4}{' ' * (begin // 2)}{'=' * max(1, minutes // 2)}")

sorter = TopologicalSorter({name: needs for name, (_, needs) in TASKS.items()})
position = {name: i for i, name in enumerate(sorter.static_order())}
print("consistent:", all(position[n] < position[t] for t in TASKS for n in TASKS[t][1]))
TASKS["wake"] = (1, ["coffee"])
try:
    depth_first("leave", [])
except ValueError as cycle:
    print("cycle:", cycle)
try:
    TopologicalSorter({"a": ["a"]}).prepare()
except CycleError as error:
    print(error)
