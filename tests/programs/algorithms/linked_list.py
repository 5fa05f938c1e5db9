class Node:
    __slots__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value, self.next = value, next


class LinkedList:
    def __init__(self, *values):
        self.head = None
        for value in reversed(values):
            self.head = Node(value, self.head)

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next

    def __str__(self):
        return " -> ".join(map(str, self)) + " -> None" if self.head else "None"

    def reverse(self):
        previous, node = None, self.head
        while node:
            node.next, previous, node = previous, node, node.next
        self.head = previous

    def has_cycle(self):
        slow = fast = self.head
        while fast and fast.next:
            slow, fast = slow.next, fast.next.next
            if slow is fast:
                return True
        return False


numbers = LinkedList(1, 2, 3, "four")
print(numbers, "| empty:", LinkedList())
numbers.reverse()
print(numbers, "| cycle:", numbers.has_cycle(), "| 3 inside:", 3 in numbers)
numbers.head.next.next.next.next = numbers.head.next
print("cycle after tying the tail:", numbers.has_cycle())
numbers.head.previous = None
