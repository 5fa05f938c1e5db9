# snakepen: {"stdin": "2 + 3 * 4\nx = 10\nx / 4\nx // 0\n__import__('os')\n-x ** 2\n2 ** 100 % 97\n1 +\nundefined + 1"}
import ast
import operator as op

OPS = {ast.Add: op.add, ast.Sub: op.sub, ast.Mult: op.mul, ast.Div: op.truediv, ast.FloorDiv: op.floordiv,
       ast.Mod: op.mod, ast.Pow: op.pow, ast.USub: op.neg, ast.UAdd: op.pos}
names = {"pi": 3.14159}


def evaluate(node):
    match node:
        case ast.Constant(value=int() | float() as v):
            return v
        case ast.Name(id=name):
            return names[name]
        case ast.BinOp(left, operator, right):
            return OPS[type(operator)](evaluate(left), evaluate(right))
        case ast.UnaryOp(operator, operand):
            return OPS[type(operator)](evaluate(operand))
    raise TypeError(f"{type(node).__name__} is not allowed")


while True:
    try:
        line = input(">>> ")
    except EOFError:
        print("\ngoodbye", names)
        break
    try:
        match ast.parse(line).body:
            case [ast.Assign(targets=[ast.Name(id=name)], value=value)]:
                names[name] = evaluate(value)
            case [ast.Expr(value)]:
                print(evaluate(value))
    except SyntaxError as exc:
        print(f"syntax error at column {exc.offset}")
    except Exception as exc:
        print(f"{type(exc).__name__}: {exc}")
