class Node:
    def __init__(self, key):
        self.key, self.left, self.right = key, None, None


def insert(node, key):
    if node is None:
        return Node(key)
    if key < node.key:
        node.left = insert(node.left, key)
    elif key > node.key:
        node.right = insert(node.right, key)
    return node


def smallest(node):
    return smallest(node.left) if node.left else node.key


def delete(node, key):
    if node is None:
        raise LookupError(f"{key} is not in the tree")
    if key < node.key:
        node.left = delete(node.left, key)
    elif key > node.key:
        node.right = delete(node.right, key)
    elif not (node.left and node.right):
        return node.left or node.right
    else:
        node.key = smallest(node.right)
        node.right = delete(node.right, node.key)
    return node


def draw(node):
    return "·" if node is None else f"({draw(node.left)} {node.key} {draw(node.right)})"


tree = None
for key in (50, 30, 70, 20, 40, 60, 80, 65):
    tree = insert(tree, key)
print(draw(tree))
for key in (20, 70, 50, 99):
    tree = delete(tree, key)
    print(f"without {key}: {draw(tree)}")
