# snakepen: {"stdin": "2 + 3 * 4\n-(7 - 2) ** 2 / 5\n10 // 0\nmax(1, 2)\n1 +\n__import__('os').getcwd()\n"}
import ast
import operator
import sys

OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow, ast.USub: operator.neg,
}


def evaluate(node):
    match node:
        case ast.Expression(body):
            return evaluate(body)
        case ast.Constant(int() | float() as value):
            return value
        case ast.BinOp(left, op, right):
            return OPERATORS[type(op)](evaluate(left), evaluate(right))
        case ast.UnaryOp(op, operand):
            return OPERATORS[type(op)](evaluate(operand))
    raise TypeError(f"{type(node).__name__} is not allowed")


for line in sys.stdin:
    try:
        print(line.strip(), "=", evaluate(ast.parse(line.strip(), mode="eval")))
    except (TypeError, ZeroDivisionError, SyntaxError) as err:
        print(line.strip(), "!", type(err).__name__, err)


class Rename(ast.NodeTransformer):
    def visit_Name(self, node):
        return ast.Name("banana", node.ctx) if node.id == "x" else node


print(ast.unparse(Rename().visit(ast.parse("y = [x**2 for x in range(3) if x]"))))
print(ast.literal_eval("{'a': (1, 2.5), 'b': [None, True]}"))
