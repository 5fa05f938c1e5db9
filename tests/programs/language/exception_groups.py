import asyncio

def validate(form):
    problems = []
    for field, check in (("age", int), ("email", lambda v: v.index("@")), ("name", str.upper), ("ratio", lambda v: 1 / float(v))):
        try:
            check(form[field])
        except Exception as exc:
            exc.add_note(f"field: {field}")
            problems.append(exc)
    if problems:
        raise ExceptionGroup("invalid form", problems)

try:
    validate({"age": "old", "email": "nobody", "ratio": "0"})
except* ValueError as group:
    print(group, [(str(e), e.__notes__) for e in group.exceptions])
except* (KeyError, ArithmeticError) as group:
    print(type(group).__name__, [type(e).__name__ for e in group.exceptions])

nested = ExceptionGroup("outer", [OSError(2, "gone"), ExceptionGroup("inner", [TypeError("t"), OSError(13, "denied")])])
match, rest = nested.split(OSError)
print(repr(match), repr(rest), sep="\n")
print(nested.subgroup(lambda e: getattr(e, "errno", 0) == 13))

async def fail(delay, exc):
    await asyncio.sleep(delay)
    raise exc

async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fail(0, ValueError("first")))
        tg.create_task(fail(30, ValueError("never")))

try:
    asyncio.run(main())
except* ValueError as group:
    print("task group:", group.exceptions)
