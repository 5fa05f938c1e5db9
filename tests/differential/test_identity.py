"""Who a program is told that it is: names, globals, `sys`, its own modules and files."""

import pytest
from tests.differential.conftest import Compare
from tests.support.bare import Program

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

PROGRAMS: dict[str, str | Program] = {
    "names of main": "print(__name__, __file__, __spec__, __package__, __doc__, __builtins__, __cached__)",
    "loader of main": "print(type(__loader__).__name__, __loader__.name, __loader__.path)\n"
    "print(__loader__.get_source('__main__') is None or len(__loader__.get_source('__main__')) > 0)",
    "globals": "print(sorted(globals()), sorted(locals()), sorted(vars()), dir())\nprint(globals() is locals())",
    "order of globals": "print(list(globals()))",
    "docstring": "'''It says what it does.'''\nprint(__doc__)",
    "annotations": "x: int = 1\ny: 'str'\nprint(__annotations__)",
    "main is in sys.modules": "import sys, __main__\nprint(sys.modules['__main__'] is __main__, vars(__main__) is globals())",
    "argv": Program("import sys\nprint(sys.argv, sys.orig_argv)", args=["one", "two words", "--three=é", ""]),
    "path": "import sys\nprint(sys.path)\nprint(sys.path_hooks, sys.meta_path)",
    "path_importer_cache": "import sys\nprint(sorted(name.removeprefix(sys.path[0]) for name in sys.path_importer_cache))",
    "flags": "import sys\nprint(sys.flags, sys.warnoptions, sys._xoptions, sys.dont_write_bytecode, sys.pycache_prefix)",
    "executable": "import sys\nprint(sys.executable, sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)\n"
    "print(sys._base_executable, sys.platlibdir, sys.version, sys.hexversion, sys.implementation)",
    "modules": "import sys\nprint(sorted(sys.modules))",
    "order of modules": "import sys\nprint(list(sys.modules))",
    "modules after imports": "import sys, json, random, asyncio, logging\nprint(sorted(sys.modules))",
    "modules after pandas": "import sys\nimport pandas\nprint(sorted(sys.modules))",
    "builtin_module_names": "import sys\nprint(sys.builtin_module_names, sorted(sys.stdlib_module_names))",
    "hooks": "import sys, threading\nprint(sys.excepthook, sys.displayhook, sys.unraisablehook, sys.breakpointhook)\n"
    "print(sys.__excepthook__ is sys.excepthook, threading.excepthook, hasattr(sys, 'last_value'))",
    "limits of the interpreter": "import sys\nprint(sys.getrecursionlimit(), sys.getswitchinterval(), sys.maxsize)\n"
    "print(sys.get_int_max_str_digits(), sys.getdlopenflags(), sys.gettrace(), sys.getprofile())\n"
    "print(sys.get_asyncgen_hooks(), sys.get_coroutine_origin_tracking_depth())",
    "gc": "import gc\nprint(gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.garbage, gc.callbacks)",
    "environment": "import os\nprint(sorted(os.environ.items()))\nprint(sorted(os.environb.items()))",
    "environment of a request": Program(
        "import os\nprint(sorted(os.environ.items()), os.getenv('A'))", env={"A": "b", "EMPTY": "", "É": "ü"}
    ),
    "environment reaches children": Program(
        "import os, subprocess\nos.environ['B'] = 'c'\n"
        "subprocess.run(['/bin/sh', '-c', 'echo $A $B $HOME $LANG $PATH'])\nos.system('echo $A')",
        env={"A": "b"},
    ),
    "where it is": "import os, pathlib\nprint(os.getcwd(), pathlib.Path.cwd(), os.path.abspath('x'), os.curdir)\n"
    "print(pathlib.Path.home(), os.path.expanduser('~/x'), sorted(os.listdir()))",
    "umask and groups": "import os\nprint(oct(os.umask(0o22)), os.getpriority(os.PRIO_PROCESS, 0))",
    "site": "import site, sys\nprint(site.ENABLE_USER_SITE, site.PREFIXES, site.getsitepackages())\n"
    "print(hasattr(sys, 'real_prefix'), exit, quit, copyright)",
    "sysconfig": "import sysconfig\nprint(sysconfig.get_paths(), sysconfig.get_platform(), sysconfig.is_python_build())",
    "its machine's name": "import platform, socket\nprint(platform.node() == platform.uname().node == socket.gethostname())",
    "errno of C": "import ctypes\nprint(ctypes.get_errno())",
    "platform": "import platform\nprint(platform.python_version(), platform.python_implementation(), platform.system())\n"
    "print(platform.architecture(), platform.libc_ver(), platform.python_compiler())",
    "own module beside it": Program(
        "import helper\nprint(helper.__file__, helper.__spec__, helper.double(4))\nfrom helper import *\nprint(double(3))",
        files=[{"path": "helper.py", "content": "def double(x): return x * 2\n"}],
    ),
    "own package beside it": Program(
        "import pack.inner.deep as deep\nfrom pack import first\nprint(deep.__name__, deep.__package__, first, deep.up())\n"
        "import pack\nprint(pack.__path__)",
        files=[
            {"path": "pack/__init__.py", "content": "first = 1\n"},
            {"path": "pack/inner/__init__.py", "content": ""},
            {"path": "pack/inner/deep.py", "content": "from .. import first\ndef up(): return first\n"},
        ],
    ),
    "namespace package": Program(
        "import space.one, space.two\nprint(space.one.x + space.two.x, space.__file__, type(space.__path__).__name__)",
        files=[{"path": "space/one.py", "content": "x = 1\n"}, {"path": "space/two.py", "content": "x = 2\n"}],
    ),
    "data file beside it": Program(
        "import csv, pathlib\nprint(pathlib.Path('data/in.csv').read_text())\n"
        "print(list(csv.DictReader(open(pathlib.Path(__file__).parent / 'data' / 'in.csv'))))",
        files=[{"path": "data/in.csv", "content": "a,b\n1,é\n"}],
    ),
    "binary file beside it": Program(
        "print(open('blob', 'rb').read())", files=[{"path": "blob", "content_base64": "AAEC//4="}]
    ),
    "importlib.resources": Program(
        "from importlib import resources\nprint(resources.files('pack').joinpath('text.txt').read_text())",
        files=[{"path": "pack/__init__.py", "content": ""}, {"path": "pack/text.txt", "content": "inside"}],
    ),
    "runpy": Program(
        "import runpy, sys\nprint(runpy.run_path('other.py', run_name='__main__')['x'], sys.argv)\n"
        "print(runpy.run_module('other')['x'])",
        files=[{"path": "other.py", "content": "import sys\nprint(__name__, sys.argv)\nx = 5\n"}],
    ),
    "zip of modules": Program(
        "import sys, zipfile\nwith zipfile.ZipFile('lib.zip', 'w') as z: z.writestr('zipped.py', 'x = 6')\n"
        "sys.path.insert(0, 'lib.zip')\nimport zipped\nprint(zipped.x, zipped.__file__)",
    ),
    "a file named like a library": Program(
        "import random\nprint(random.__file__, random.choice())",
        files=[{"path": "random.py", "content": "def choice(): return 'mine'\n"}],
    ),
    "a file named like a library that a library imports": Program(
        "import random\nprint(hasattr(random, 'seed'))", files=[{"path": "math.py", "content": "x = 1\n"}]
    ),
    "a file that it writes itself named like a library": "open('string.py', 'w').write('x = 7')\nimport string\nprint(string.x)",
    "a folder named like a library": Program(
        "import json\nprint(json, json.here)", files=[{"path": "json/__init__.py", "content": "here = 1\n"}]
    ),
    "a folder of data named like a library": Program(
        "import json\nprint(json.dumps([1]))", files=[{"path": "json/data.txt", "content": ""}]
    ),
    "main named like what it imports": "import main\nprint('only', __name__, main.__name__ == 'main')",
    "imported twice under two names": "import sys\nprint('as', __name__)\nif __name__ == '__main__':\n    import main as me\n"
    "    print(me is sys.modules['__main__'])",
    "import that fails": "import nowhere.to_be_found",
    "import that fails inside": Program(
        "import broken", files=[{"path": "broken.py", "content": "import no_such_thing\n"}]
    ),
    "syntax error in a module": Program("import broken", files=[{"path": "broken.py", "content": "x = = 1\n"}]),
    "circular import": Program(
        "import a",
        files=[
            {"path": "a.py", "content": "from b import y\nx = 1\n"},
            {"path": "b.py", "content": "from a import x\ny = 1\n"},
        ],
    ),
    "pycache": Program(
        "import helper, os\nprint(sorted(os.listdir()), os.listdir('__pycache__'), helper.__cached__)",
        files=[{"path": "helper.py", "content": "x = 1\n"}],
    ),
    "reload": "import importlib, json\nbefore = json.dumps\nimportlib.reload(json)\nprint(json.dumps is before)",
    "reload of what is shared": "import importlib, random\nrandom.mine = 1\nimportlib.reload(random)\nprint(random.mine)",
    "removed and imported anew": "import sys, json\nold = json\ndel sys.modules['json']\nimport json\nprint(json is old)",
    "removed and imported below": "import sys, decimal\nold = decimal\ndel sys.modules['decimal']\nimport statistics\n"
    "print(sys.modules['decimal'] is old)",
    "replaced by a mock": "import sys, types\nsys.modules['numpy'] = fake = types.ModuleType('numpy')\nimport numpy\n"
    "print(numpy is fake)",
    "blocked": "import sys\nsys.modules['json'] = None\nimport json",
    "import hook": "import sys\nclass Finder:\n    def find_spec(self, name, path, target=None):\n        print('asked', name)\n"
    "sys.meta_path.insert(0, Finder())\nimport colorsys\nimport wave",
    "__import__ replaced": "import builtins\nreal = builtins.__import__\ndef mine(name, *a):\n    print('import', name)\n"
    "    return real(name, *a)\nbuiltins.__import__ = mine\nimport colorsys",
    "importlib.util.find_spec": "import importlib.util\nfor name in ('json', 'numpy', 'math', 'sys', 'nowhere', '__main__'):\n"
    "    try: spec = importlib.util.find_spec(name); print(name, spec and (spec.origin, type(spec.loader).__name__))\n"
    "    except ValueError as error: print(name, error)",
    "pkgutil": "import pkgutil\nnames = sorted(module.name for module in pkgutil.iter_modules())\nprint(names)",
    "importlib.metadata": "from importlib import metadata\nprint(metadata.version('numpy'), sorted(d.name for d in metadata.distributions()))",
    "inspect of itself": "import inspect, sys\ndef f():\n    return 1  # here\nprint(inspect.getsource(f), inspect.getfile(f))\n"
    "print(inspect.getsourcefile(sys.modules['__main__']), inspect.getmodule(f).__name__)",
    "pickle of own classes": "import pickle\nclass A:\n    def __init__(self, x): self.x = x\n    def __eq__(self, o): return self.x == o.x\n"
    "data = pickle.dumps([A(1), A, print, len])\nprint(pickle.loads(data)[0] == A(1), pickle.loads(data)[1] is A)\nprint(data)",
    "pickle of a lambda": "import pickle\npickle.dumps(lambda: 1)",
    "copyreg and copy": "import copy\nclass A: pass\na = A(); a.a = a\nb = copy.deepcopy(a)\nprint(b.a is b, copy.copy(a).a is a)",
    "dataclasses and enum": "import dataclasses, enum\n@dataclasses.dataclass(order=True)\nclass P:\n    x: int\n    y: list = dataclasses.field(default_factory=list)\n"
    "class C(enum.Enum):\n    RED = 1\nprint(P(1), P(1) < P(2), C.RED, repr(C.RED), C.__module__, P.__qualname__)",
    "typing": "import typing\ndef f(x: 'int', y: typing.Optional[str] = None) -> list[int]: ...\nprint(typing.get_type_hints(f))",
    "id, hash and repr": "class A: pass\nprint(A, A(), hash(1), hash(1.5), hash((1, 2)), repr(lambda: 1), print, len.__self__)",
    "set order of numbers": "print({3, 1, 2, 10, 7}, frozenset(range(5)), {1: 2, 0: 1})",
    "exec and compile": "exec('x = 1\\nprint(x, __name__)')\nprint(eval('x + 1'), compile('1', 'f', 'eval'))\nexec('1 / 0')",
    "trace": "import sys\ndef f():\n    a = 1\n    return a\nlines = []\ndef trace(frame, event, arg):\n"
    "    lines.append((frame.f_code.co_name, event, frame.f_lineno))\n    return trace\nsys.settrace(trace)\nf()\nsys.settrace(None)\nprint(lines)",
    "profile": "import cProfile, io, pstats\ndef f(): return sum(range(10))\np = cProfile.Profile()\np.runcall(f)\n"
    "print(sorted(key[2] for key in pstats.Stats(p).stats))",
    "tracemalloc": "import tracemalloc\ntracemalloc.start()\nx = [bytes(1000) for _ in range(10)]\n"
    "print(tracemalloc.get_traced_memory()[0] > 10_000, tracemalloc.take_snapshot().statistics('lineno')[0].traceback[0].filename)",
    "frames": "import sys\ndef f(): return sys._getframe()\nframe = f()\nprint(frame.f_code.co_filename, frame.f_back, frame.f_lineno)\n"
    "print(sys._getframe().f_back, sys._current_frames().keys() == {__import__('threading').get_ident()})",
    "subclasses": "class A: pass\nclass B(A): pass\nprint(A.__subclasses__(), A.__mro__, type(A))",
    "weakrefs and gc": "import gc, weakref\nclass A: pass\na = A(); a.a = a; r = weakref.ref(a)\ndel a\nprint(gc.collect() > 0, r())",
}


@pytest.mark.parametrize("name", PROGRAMS)
async def test_it_is_told_what_bare_python_tells(as_bare: Compare, name: str) -> None:
    await as_bare(PROGRAMS[name])
