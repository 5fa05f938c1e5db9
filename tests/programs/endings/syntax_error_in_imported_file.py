# snakepen: {"files": {"helpers.py": "def double(x):\n    return x * 2\n\ndef triple(x)\n    return x * 3\n"}}
import traceback

try:
    compile("x = = 1", "<formula>", "exec")
except SyntaxError as exc:
    print(exc.msg, exc.lineno, exc.offset, exc.text)

try:
    eval("1 +* 2")
except SyntaxError:
    print(traceback.format_exc().splitlines()[-1])

print("importing helpers")
import helpers

print(helpers.double(4))
