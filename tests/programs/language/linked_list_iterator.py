class Node:
    __slots__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value, self.next = value, next

class LinkedList:
    def __init__(self, items=()):
        self.head = None
        for item in reversed(list(items)):
            self.head = Node(item, self.head)

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next

    def __str__(self):
        return " -> ".join(map(str, self)) + " -> None"

class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1

words = LinkedList("to be or not".split())
print(str(words), "be" in words, sorted(words))
c = Countdown(5)
print(next(c), list(zip(c, "ab")), list(c), list(c), next(c, "empty"))
rolls = iter([3, 1, 6, 2])
print(list(iter(lambda: next(rolls), 6)), *rolls)
