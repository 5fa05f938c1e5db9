import importlib
import importlib.util
import runpy
import sys
from pathlib import Path

Path("fresh_greeter.py").write_text(
    "COUNT = 0\n"
    "def greet(name):\n"
    "    global COUNT\n"
    "    COUNT += 1\n"
    "    return f'{COUNT}. Hello {name} from {__name__}'\n"
    "if __name__ == '__main__':\n"
    "    print('run as a script in', __file__)\n"
)
importlib.invalidate_caches()
greeter = importlib.import_module("fresh_greeter")
print(greeter.greet("Ada"))
print(greeter.greet("Bob"), "| cached:", importlib.import_module("fresh_greeter") is greeter)

source = Path("fresh_greeter.py").read_text().replace("Hello", "Hi there, dear")
Path("fresh_greeter.py").write_text(source)
print(importlib.reload(greeter).greet("Cy"))

spec = importlib.util.spec_from_file_location("alias", "fresh_greeter.py")
alias = importlib.util.module_from_spec(spec)
spec.loader.exec_module(alias)
print(alias.greet("Di"), "alias" in sys.modules)

scope = runpy.run_path("fresh_greeter.py", run_name="__main__")
print(sorted(k for k in scope if not k.startswith("_")))
try:
    importlib.import_module("no_such_greeter")
except ModuleNotFoundError as err:
    print(err, err.name)
print(importlib.util.find_spec("json").name)
