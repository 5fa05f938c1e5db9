"""What a program seems to do, found without running it.

Two ways to the same answer. `parse` builds the syntax tree: exact, but up to seconds and hundreds of megabytes for a
hostile source, so it runs only in a process of its own: this file, started as a script, with limits that it sets on
itself first. `scan` looks at lines: it is linear and bounded, and the server may call it.
"""

import ast
import json
import re
import sys
import warnings
from collections.abc import Iterator
from typing import Any, Final

# Enough for a person to read; a program with more is cut here.
MAX_NAMES: Final = 200
MAX_NAME_CHARACTERS: Final = 100
MAX_MESSAGE_CHARACTERS: Final = 300

# An expression holds the interpreter's lock until it has found something: for so much of a source some milliseconds.
_PIECE_CHARACTERS: Final = 8 * 1024
_CPU_SECONDS: Final = 2
_MEMORY_BYTES: Final = 1 << 30
# Calls that take at least this long, and loops of at least that many rounds, count as long.
_LONG_SLEEP_SECONDS: Final = 5
_LONG_LOOP_ROUNDS: Final = 10_000_000

_PLOT_MODULES: Final = frozenset({"matplotlib", "seaborn", "plotly", "bokeh", "altair", "turtle", "pylab"})
_SERVER_MODULES: Final = frozenset(
    {
        "flask",
        "fastapi",
        "uvicorn",
        "django",
        "bottle",
        "tornado",
        "sanic",
        "socketserver",
        "wsgiref",
        "streamlit",
    }
)
_NETWORK_MODULES: Final = frozenset(
    {
        *("socket", "ssl", "urllib", "http", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc"),
        *(
            "requests",
            "httpx",
            "httpx2",
            "aiohttp",
            "websockets",
            "websocket",
            "urllib3",
            "paramiko",
            "yfinance",
        ),
    }
)
_SERVER_CALLS: Final = frozenset(
    {"serve_forever", "start_server", "create_server", "listen", "HTTPServer", "make_server"}
)
_WRITE_CALLS: Final = frozenset(
    {
        *("write_text", "write_bytes", "savefig", "to_csv", "to_excel", "to_json", "to_parquet", "to_pickle"),
        *("mkdir", "makedirs", "copyfile", "copytree", "savetxt", "savez", "imsave", "NamedTemporaryFile"),
    }
)
_EMPTY_BY_DESIGN: Final = frozenset({"abstractmethod", "overload"})
_INPUT_CALLS: Final = frozenset({"input", "getpass"})


def empty() -> dict[str, Any]:
    """An outline in which nothing has been found yet."""
    return {
        "valid": None,
        "syntax_error": None,
        "imports": [],
        "functions": [],
        "classes": [],
        "stubs": [],
        "bodies": [],
        "reads_input": False,
        "writes_files": False,
        "opens_network": False,
        "starts_server": False,
        "draws_plots": False,
        "runs_long": False,
    }


def _add(names: list[str], name: str) -> None:
    if name not in names and len(names) < MAX_NAMES:
        names.append(name[:MAX_NAME_CHARACTERS])


def _judge_imports(outline: dict[str, Any], dotted: Iterator[str]) -> None:
    for name in dotted:
        top = name.partition(".")[0]
        if not top:
            continue
        _add(outline["imports"], top)
        outline["draws_plots"] |= top in _PLOT_MODULES
        outline["starts_server"] |= top in _SERVER_MODULES or name == "http.server"
        outline["opens_network"] |= top in _NETWORK_MODULES and name != "http.server"


def scan(source: str) -> dict[str, Any]:
    """An outline from the lines alone; `valid` stays None, and what stands in a string may be taken for code."""
    outline = empty()
    found = (match for start, end in pieces(source) for match in _SCAN.finditer(source, start, end))
    for match in found:
        kind = match.lastgroup
        text = match.group()
        if kind == "imported":
            parts = (part.split() for part in text.strip().removeprefix("import").split(","))
            _judge_imports(outline, (words[0] for words in parts if words))  # `numpy as np` is numpy
        elif kind == "source":
            _judge_imports(outline, iter(text.split()[1:2]))
        elif kind == "function":
            _add(outline["functions"], text.split()[-1])
        elif kind == "class":
            _add(outline["classes"], text.split()[-1])
        elif kind is not None:
            outline[kind] = True
    return outline


def pieces(source: str) -> Iterator[tuple[int, int]]:
    """Where to cut it: after a line, or amid one that is longer than a piece. In between other threads have a turn."""
    start = 0
    while start < len(source):
        end = start + _PIECE_CHARACTERS
        if end < len(source):
            end = source.rfind("\n", start, end) + 1 or end
        yield start, min(end, len(source))
        start = end


# At most places one look tells that neither begins there. No repetition inside a repetition: linear in the source.
_SCAN: Final = re.compile(
    r"""
      ^[ \t]{0,40}(?:
          (?P<imported>import[ \t]+[\w., \t]{1,200})
        | (?P<source>from[ \t]+[\w.]{1,100})[ \t]+import\b
        | (?:async[ \t]+)?(?P<function>def[ \t]+\w{1,100})
        | (?P<class>class[ \t]+\w{1,100})
        | (?P<runs_long>while[ \t]+(?:True|1)[ \t]*:)
      )
    | \b(?:
          (?P<reads_input>input[ ]?\(|sys\.stdin\b|getpass\()
        | (?P<writes_files>open\([^()\n]{1,200},[ ]?(?:mode=)?["'][wax]|write_text\(|write_bytes\(|savefig\(|to_csv\()
        | (?P<starts_server>serve_forever\(|HTTPServer\(|start_server\()
      )
    """,
    re.VERBOSE | re.MULTILINE,
)


def parse(source: bytes) -> dict[str, Any]:
    """An outline from the syntax tree. Raises MemoryError or RecursionError for a source too deep to parse.

    Bytes, because a byte order mark and a coding cookie mean something to CPython in a file, and nothing in a str.
    """
    outline = empty()
    try:
        tree = ast.parse(source, "main.py")
        # Some errors are found by the compiler only: `return` outside a function, `nonlocal` without a binding.
        compile(source, "main.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:  # ValueError: a NUL byte, before Python 3.12
        outline = scan(source.decode("utf-8"))
        outline["valid"] = False
        outline["syntax_error"] = {
            "message": (getattr(error, "msg", None) or str(error))[:MAX_MESSAGE_CHARACTERS],
            "line": getattr(error, "lineno", None),
            "column": getattr(error, "offset", None),
        }
        return outline
    outline["valid"] = True
    for node in ast.walk(tree):
        _judge_node(outline, node)
    _judge_bodies(outline, tree)
    return outline


def _judge_bodies(outline: dict[str, Any], tree: ast.Module) -> None:
    """Which functions and classes do something, and which do not; a method is named with its class."""
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    while waiting:
        parent, prefix = waiting.pop()
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                if any(not _says_nothing(statement) for statement in node.body):
                    _add(outline["bodies"], prefix + node.name)
                elif not any(_decorator(one) in _EMPTY_BY_DESIGN for one in node.decorator_list):
                    _add(outline["stubs"], prefix + node.name)
                waiting.append((node, f"{prefix}{node.name}."))
            elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
                waiting.append((node, prefix))


def _says_nothing(statement: ast.stmt) -> bool:
    """`pass`, `...`, a docstring."""
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _decorator(expression: ast.expr) -> str:
    return expression.attr if isinstance(expression, ast.Attribute) else getattr(expression, "id", "")


def _judge_node(outline: dict[str, Any], node: ast.AST) -> None:
    if isinstance(node, ast.Import):
        _judge_imports(outline, (alias.name for alias in node.names))
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        full = (f"{node.module}.{alias.name}" if node.module == "http" else node.module for alias in node.names)
        _judge_imports(outline, full)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        _add(outline["functions"], node.name)
    elif isinstance(node, ast.ClassDef):
        _add(outline["classes"], node.name)
    elif isinstance(node, ast.While):
        outline["runs_long"] |= _never_ends(node)
    elif isinstance(node, ast.Attribute) and node.attr == "stdin":
        outline["reads_input"] = True
    elif isinstance(node, ast.Call):
        _judge_call(outline, node)


def _judge_call(outline: dict[str, Any], call: ast.Call) -> None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    outline["reads_input"] |= name in _INPUT_CALLS
    outline["starts_server"] |= name in _SERVER_CALLS
    outline["writes_files"] |= name in _WRITE_CALLS or (name == "open" and _writes(call))
    outline["runs_long"] |= name == "sleep" and _number(call.args[:1]) >= _LONG_SLEEP_SECONDS
    outline["runs_long"] |= name == "range" and _number(call.args[:2]) >= _LONG_LOOP_ROUNDS


def _writes(call: ast.Call) -> bool:
    modes = [*call.args[:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return any(len(text) <= 3 and set(text) & set("wax+") for text in texts)


def _number(arguments: list[ast.expr]) -> float:
    """The largest literal number among the arguments; `10**8` counts."""
    largest = 0.0
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, int | float):
            largest = max(largest, min(argument.value, 1e18))
        elif (
            isinstance(argument, ast.BinOp)
            and isinstance(argument.op, ast.Pow)
            and (base := _number([argument.left])) <= 1000
            and (exponent := _number([argument.right])) <= 18
        ):
            largest = max(largest, base**exponent)
    return largest


def _never_ends(loop: ast.While) -> bool:
    """`while True` with nothing in it that leaves: a break, a return, a raise, an exit."""
    if not (isinstance(loop.test, ast.Constant) and loop.test.value):
        return False
    for node in ast.walk(loop):
        if isinstance(node, ast.Break | ast.Return | ast.Raise):
            return False
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("exit", "_exit", "quit"):
                return False
    return True


def _limit_myself() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform != "darwin":  # which does not hold it
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def main() -> None:
    """Read a source from standard input, write its outline as JSON. Any failure is told by saying nothing."""
    _limit_myself()
    warnings.simplefilter("ignore")
    source = sys.stdin.buffer.read()
    try:
        outline = parse(source)
    except (RecursionError, MemoryError):
        return
    sys.stdout.buffer.write(json.dumps(outline).encode("ascii"))


if __name__ == "__main__":
    main()
