class Skip(Exception):
    pass


def running_average():
    count, total, average = 0, 0.0, None
    try:
        while True:
            try:
                value = yield average
            except Skip as skip:
                print("skipped:", skip)
                continue
            count += 1
            total += value
            average = total / count
    finally:
        print(f"closing after {count} values")


def relay(inner):
    result = yield from inner
    return result


gen = relay(running_average())
next(gen)
for x in (10, 20, 60):
    print(x, "->", gen.send(x))
print("after throw:", gen.throw(Skip("bad sensor reading")))
print(gen.send(2))
gen.close()

try:
    gen.send(1)
except StopIteration as stop:
    print("stopped with", stop.value)
