# snakepen: {"files": {"plugins/__init__.py": "\"\"\"Text plugins.\"\"\"\n", "plugins/shout.py": "def run(text: str, *, times: int = 1) -> str:\n    \"\"\"Make it loud.\"\"\"\n    return text.upper() + '!' * times\n", "plugins/whisper.py": "class Hush:\n    level = 3\n\n\ndef run(text: str) -> str:\n    return f'({text.lower()})'\n\n\nasync def later(): ...\n"}}
import importlib
import inspect
import pkgutil

import plugins

print(inspect.getdoc(plugins), inspect.ismodule(plugins))
for info in sorted(pkgutil.iter_modules(plugins.__path__), key=lambda i: i.name):
    module = importlib.import_module(f"plugins.{info.name}")
    print(info.name, "run" + str(inspect.signature(module.run)))
    print("   doc:", inspect.getdoc(module.run))
    print("   output:", module.run("Hello There"))
    for name, thing in inspect.getmembers(module, lambda o: inspect.isclass(o) or inspect.isfunction(o)):
        kind = "class" if inspect.isclass(thing) else "coroutine" if inspect.iscoroutinefunction(thing) else "function"
        print(f"   {kind} {name}")

from plugins.shout import run

for parameter in inspect.signature(run).parameters.values():
    print(parameter.name, parameter.kind.description, parameter.default is parameter.empty)
bound = inspect.signature(run).bind("hey", times=2)
bound.apply_defaults()
print(run(*bound.args, **bound.kwargs))
print(inspect.getsource(run).splitlines()[0])
try:
    inspect.signature(run).bind("hey", 2)
except TypeError as err:
    print("TypeError:", err)
