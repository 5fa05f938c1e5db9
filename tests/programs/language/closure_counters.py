def make_counter(step=1):
    total = 0

    def bump(times=1):
        nonlocal total
        total += step * times
        return total

    def reset():
        nonlocal total
        old, total = total, 0
        return old

    return bump, reset


ones, reset_ones = make_counter()
fives, _ = make_counter(5)
print(ones(), ones(), ones(3))
print(fives(), fives(2))
print("reset gave", reset_ones(), "then", ones())

late = [lambda: i for i in range(3)]
early = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in early])
print(ones.__code__.co_freevars, ones.__closure__[1].cell_contents)
