class MinHeap:
    def __init__(self, items=()):
        self.a = list(items)
        for i in reversed(range(len(self.a) // 2)):
            self._down(i)

    def _down(self, i):
        while (child := 2 * i + 1) < len(self.a):
            if child + 1 < len(self.a) and self.a[child + 1] < self.a[child]:
                child += 1
            if self.a[i] <= self.a[child]:
                return
            self.a[i], self.a[child] = self.a[child], self.a[i]
            i = child

    def push(self, item):
        self.a.append(item)
        i = len(self.a) - 1
        while i and self.a[i] < self.a[(i - 1) // 2]:
            self.a[i], self.a[(i - 1) // 2] = self.a[(i - 1) // 2], self.a[i]
            i = (i - 1) // 2

    def pop(self):
        top, last = self.a[0], self.a.pop()
        if self.a:
            self.a[0] = last
            self._down(0)
        return top

    def show(self, i=0, indent=""):
        if i < len(self.a):
            self.show(2 * i + 2, indent + "    ")
            print(f"{indent}{self.a[i]}")
            self.show(2 * i + 1, indent + "    ")


heap = MinHeap([35, 33, 42, 10, 14, 19, 27, 44, 26, 31])
heap.push(5)
heap.show()
print(heap.a)
print([heap.pop() for _ in range(11)])
heap.pop()
