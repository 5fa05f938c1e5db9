import random


class Perceptron:
    def __init__(self, inputs, rate=0.1, seed=0):
        rng = random.Random(seed)
        self.weights = [rng.uniform(-1, 1) for _ in range(inputs)]
        self.bias = 0.0
        self.rate = rate

    def __call__(self, *x):
        return int(sum(w * v for w, v in zip(self.weights, x)) + self.bias > 0)

    def train(self, samples, epochs=50):
        for epoch in range(1, epochs + 1):
            wrong = 0
            for x, wanted in samples:
                error = wanted - self(*x)
                wrong += error != 0
                self.bias += self.rate * error
                self.weights = [w + self.rate * error * v for w, v in zip(self.weights, x)]
            if not wrong:
                return epoch
        return None


inputs = [(0, 0), (0, 1), (1, 0), (1, 1)]
for name, gate in {
    "AND": lambda a, b: a & b,
    "OR": lambda a, b: a | b,
    "NAND": lambda a, b: 1 - (a & b),
    "XOR": lambda a, b: a ^ b,
}.items():
    cell = Perceptron(2, seed=5)
    epochs = cell.train([(x, gate(*x)) for x in inputs])
    learned = f"learned in {epochs} epochs" if epochs else "cannot be learned"
    print(f"{name:>4}: {learned}; answers {[cell(*x) for x in inputs]}")
    print(f"      weights {cell.weights[0]:+.3f} {cell.weights[1]:+.3f} bias {cell.bias:+.1f}")
