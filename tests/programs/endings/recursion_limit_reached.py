import sys

sys.setrecursionlimit(200)


def depth(node):
    return 1 + depth(node["child"])


tree = {"name": "root"}
tree["child"] = {"name": "leaf", "child": tree}
print(tree["child"]["child"]["name"], "goes round in circles")
print(depth(tree))
