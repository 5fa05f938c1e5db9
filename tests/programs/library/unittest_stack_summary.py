import unittest


class Stack:
    def __init__(self):
        self._items = []

    def push(self, item):
        self._items.append(item)

    def pop(self):
        return self._items.pop()

    def __len__(self):
        return len(self._items) % 3


class StackTest(unittest.TestCase):
    def setUp(self):
        self.stack = Stack()

    def test_last_in_first_out(self):
        for n in (1, 2):
            self.stack.push(n)
        self.assertEqual([self.stack.pop(), self.stack.pop()], [2, 1])

    def test_pop_from_empty(self):
        with self.assertRaisesRegex(IndexError, "empty"):
            self.stack.pop()

    def test_length(self):
        for n in range(4):
            self.stack.push(n)
        self.assertEqual(len(self.stack), 4, "length goes wrong")


unittest.defaultTestLoader.loadTestsFromTestCase(StackTest).run(result := unittest.TestResult())
print("ran", result.testsRun, "passed", result.wasSuccessful())
for test, trace in result.failures + result.errors:
    print("FAIL", test.id(), "-", trace.strip().splitlines()[-1])
