"""The libraries that look at their surroundings, and those that keep state of their own."""

import pytest
from tests.differential.conftest import Compare
from tests.support.bare import Program
from tests.support.cases import the_rest_long

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

PROGRAMS: dict[str, str | Program] = {
    "tempfile": "import os, tempfile\nprint(tempfile.gettempdir(), tempfile.tempdir)\nwith tempfile.NamedTemporaryFile('w+', suffix='.x') as f:\n    f.write('x'); f.flush(); print(os.path.dirname(f.name), os.path.getsize(f.name))\n"
    "with tempfile.TemporaryDirectory() as d: print(os.path.isdir(d))\nprint(tempfile.TemporaryFile().read(), tempfile.mkdtemp().startswith('/tmp/'))",
    "sqlite3": "import sqlite3\nprint(sqlite3.sqlite_version, sqlite3.threadsafety)\nwith sqlite3.connect('x.db') as c:\n    c.execute('create table t (a, b)'); c.executemany('insert into t values (?, ?)', [(1, 'é'), (None, b'\\0')])\n"
    "    print(c.execute('select *, typeof(b) from t').fetchall())\ntry: c.execute('select nothing')\nexcept sqlite3.Error as e: print(e)\nprint(open('x.db', 'rb').read(15))",
    "sqlite3 in memory and WAL": "import sqlite3\nc = sqlite3.connect(':memory:'); print(c.execute('select sqlite_version() > \"3\", sum(value) from json_each(\"[1,2]\")').fetchall())\nd = sqlite3.connect('w.db'); print(d.execute('pragma journal_mode=wal').fetchall())",
    "ssl": "import ssl\nc = ssl.create_default_context()\nprint(ssl.OPENSSL_VERSION, c.verify_mode, c.check_hostname, len(c.get_ca_certs()) > 0, ssl.get_default_verify_paths())",
    "files of the system": """import os, stat
for top in ("alternatives", "fonts", "ld.so.conf.d", "ssl/certs"):
    for place, folders, names in sorted(os.walk(f"/etc/{top}")):
        for path in sorted(f"{place}/{name}" for name in folders + names):
            of = os.lstat(path)
            if stat.S_ISLNK(of.st_mode): print(path, os.readlink(path))
            elif of.st_mode & stat.S_IROTH and of.st_size: print(path, of.st_size if stat.S_ISREG(of.st_mode) else "")
print(*map(os.path.getsize, filter(os.path.exists, ("/etc/localtime", "/etc/os-release", "/etc/services"))))
""",
    "hashlib and hmac": "import hashlib, hmac\nprint(sorted(hashlib.algorithms_available), hashlib.sha256(b'x').hexdigest(), hmac.new(b'k', b'm', 'md5').hexdigest())\nprint(hashlib.scrypt(b'p', salt=b's', n=2, r=8, p=1)[:4], hashlib.pbkdf2_hmac('sha1', b'p', b's', 10).hex())",
    "secrets and uuid": "import secrets, uuid\nprint(len(secrets.token_hex(8)), uuid.uuid4().version, uuid.uuid5(uuid.NAMESPACE_DNS, 'x'), secrets.compare_digest('a', 'a'))",
    "zoneinfo": "import zoneinfo, datetime\nprint(len(zoneinfo.available_timezones()) > 400, zoneinfo.TZPATH)\nprint(datetime.datetime(2024, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Oslo')).isoformat())",
    "time": "import time\nprint(time.tzname, time.timezone, time.daylight, time.gmtime(0), time.strftime('%A %x %X %Z', time.localtime(0)), time.get_clock_info('monotonic').resolution)",
    "datetime": "import datetime\nprint(datetime.datetime.fromtimestamp(0), datetime.datetime.fromtimestamp(0, datetime.UTC).astimezone(), datetime.date(2024, 2, 29).strftime('%c'))",
    "locale": "import locale\nprint(locale.getlocale(), locale.getpreferredencoding(), locale.localeconv(), locale.setlocale(locale.LC_ALL), f'{1234567.5:n}')\ntry: locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')\nexcept locale.Error as e: print(e)",
    "calendar": "import calendar\nprint(calendar.month(2024, 2), calendar.day_name[0], calendar.TextCalendar().formatweek([(1, 0)], 3))",
    "random with a seed": "import random\nrandom.seed(1)\nprint(random.random(), random.sample(range(100), 5), random.gauss(0, 1), random.Random(2).randint(0, 9))",
    "random without a seed": "import random\nprint(0 <= random.random() < 1, random.getstate()[0], random.choice([7]))",
    "numpy.random with a seed": "import numpy as np\nnp.random.seed(1)\nprint(np.random.rand(3), np.random.default_rng(2).integers(0, 100, 4), np.random.RandomState(3).randn(2), np.random.get_state()[0])",
    "decimal": "import decimal\nprint(decimal.getcontext(), decimal.Decimal(1) / 7)\ndecimal.getcontext().prec = 5\nprint(decimal.Decimal(1) / 7)",
    "re": "import re\nprint(re.findall(r'(?P<a>\\w)(\\d)?', 'a1b'), re.compile('x', re.I), re.sub('(?i)B', lambda m: m[0] * 2, 'abc'))\nre.compile('(')",
    "json": "import json\nprint(json.dumps({'é': [1.5, None, True], 'a': float('nan')}, indent=1, sort_keys=True), json.loads('[1e400]'))\njson.loads('{bad}')",
    "csv": "import csv, io, sys\nw = csv.writer(sys.stdout, dialect='excel'); w.writerow(['a\"b', 'c,d', None, 1.0])\nprint(csv.list_dialects(), list(csv.reader(io.StringIO('a;\"b\\n\"'), delimiter=';')), csv.field_size_limit())",
    "configparser and tomllib": "import configparser, tomllib\nc = configparser.ConfigParser(); c.read_string('[a]\\nx = 1\\ny = %(x)s2'); print(dict(c['a']), tomllib.loads('a = [1, 2024-01-01]'))",
    "argparse": Program(
        "import argparse\np = argparse.ArgumentParser(description='d'); p.add_argument('x', type=int); p.add_argument('--v', action='count')\nprint(p.parse_args()); p.parse_args(['no'])",
        args=["3", "--v", "--v"],
    ),
    "argparse help": Program(
        "import argparse\np = argparse.ArgumentParser(); p.add_argument('--long-option', help='word ' * 30); p.parse_args()",
        args=["-h"],
    ),
    "textwrap and pprint": "import textwrap, pprint\nprint(textwrap.fill('word ' * 40)); pprint.pprint({n: list(range(n)) for n in range(30)})",
    "xml": "import xml.etree.ElementTree as E, xml.dom.minidom as m\nprint(E.tostring(E.fromstring('<a x=\"1\">é<b/></a>')), m.parseString('<a/>').toprettyxml())\nE.fromstring('<a>')",
    "html and urllib": "import html, urllib.parse, urllib.request\nprint(html.escape('<é&\">'), urllib.parse.quote('é /'), urllib.parse.urlparse('http://u:p@h:1/p?q#f'), urllib.request.getproxies())",
    "email": "import email.message\nm = email.message.EmailMessage(); m['Subject'] = 'é'; m.set_content('text é'); print(m)",
    "zlib and friends": "import bz2, gzip, lzma, zlib, io\nd = b'x' * 1000\nprint(len(zlib.compress(d)), len(bz2.compress(d)), len(lzma.compress(d)), gzip.decompress(gzip.compress(d)) == d, zlib.ZLIB_RUNTIME_VERSION)",
    "zipfile and tarfile": "import zipfile, tarfile, io\nwith zipfile.ZipFile('z.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('a/b.txt', 'é')\nprint(zipfile.ZipFile('z.zip').namelist())\nt = tarfile.open('t.tgz', 'w:gz'); t.add('z.zip'); t.close(); print(tarfile.open('t.tgz').getnames())",
    "shelve and dbm": "import shelve\nwith shelve.open('s') as s: s['a'] = [1]\nwith shelve.open('s') as s: print(dict(s))",
    "pickle protocols": "import pickle, datetime, collections\nfor p in range(6): print(p, len(pickle.dumps({'a': datetime.date(2024, 1, 1), 'c': collections.Counter('ab')}, p)))",
    "struct and array": "import array, struct, sys\nprint(struct.pack('<ihb?d', 1, 2, 3, True, 0.5), array.array('d', [1, 2]).tobytes(), sys.byteorder, struct.calcsize('P'))",
    "ctypes": "import ctypes, ctypes.util\nprint(ctypes.util.find_library('c'), ctypes.CDLL(None).strlen(b'abc'), ctypes.sizeof(ctypes.c_long))\nclass P(ctypes.Structure): _fields_ = [('x', ctypes.c_int)]\nprint(P(3).x, ctypes.string_at(b'abc'))",
    "cffi by callbacks": "import ctypes\nC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))\na = (ctypes.c_int * 3)(3, 1, 2)\nctypes.CDLL(None).qsort(a, 3, 4, C(lambda x, y: x[0] - y[0])); print(list(a))",
    "readline": "import readline\nreadline.add_history('x'); print(readline.get_history_item(1), readline.get_current_history_length())",
    "curses without a terminal": "import curses\ncurses.initscr()",
    "tkinter without a display": "try:\n    import tkinter; tkinter.Tk()\nexcept Exception as e: print(type(e).__name__, e)",
    "turtle without a display": "try:\n    import turtle; turtle.forward(1)\nexcept Exception as e: print(type(e).__name__)",
    "webbrowser": "import webbrowser\ntry: webbrowser.get()\nexcept webbrowser.Error as e: print(e)",
    "antigravity of this": "import this",
    "__future__": "from __future__ import annotations\ndef f(x: nothing): pass\nprint(f.__annotations__)",
    "ast and dis": "import ast, dis\nprint(ast.dump(ast.parse('x + 1'))); dis.dis(compile('x + 1', 'f', 'eval'))",
    "tokenize": "import io, tokenize\nfor t in tokenize.generate_tokens(io.StringIO('x = 1').readline): print(t)",
    "code and codeop": "import code\ncode.InteractiveInterpreter({'x': 1}).runsource('x + 1')\ncode.InteractiveInterpreter().runsource('1 / 0')",
    "interactive console": Program("import code\ncode.interact(banner='hi', exitmsg='bye')", stdin="1 + 1\nx\n"),
    "timeit": "import timeit\nprint(timeit.timeit('pass', number=10) >= 0)",
    "functools": "import functools\n@functools.cache\ndef f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nprint(f(90), f.cache_info())",
    "contextvars": "import contextvars\nv = contextvars.ContextVar('v', default=1); c = contextvars.copy_context(); c.run(v.set, 2); print(v.get(), c[v])",
    "weakref and finalize": "import weakref\nclass A: pass\na = A(); f = weakref.finalize(a, print, 'gone'); del a\nprint(f.alive, weakref.WeakValueDictionary())",
    "abc and protocols": "import abc, collections.abc\nclass A(abc.ABC):\n    @abc.abstractmethod\n    def f(self): ...\nprint(isinstance([], collections.abc.Sequence), issubclass(dict, collections.abc.Mapping))\nA()",
    "registered in abc": "import collections.abc\nclass A: pass\ncollections.abc.Sequence.register(A)\nprint(isinstance(A(), collections.abc.Sequence), collections.abc.Sequence._abc_registry if hasattr(collections.abc.Sequence, '_abc_registry') else '')",
    "singledispatch": "import functools\n@functools.singledispatch\ndef f(x): return 'any'\n@f.register\ndef _(x: int): return 'int'\nprint(f(1), f('a'), sorted(map(str, f.registry)))",
    "codecs": "import codecs\nprint(codecs.lookup('utf-8').name, codecs.encode('abc', 'rot13'), 'é'.encode('idna'), codecs.getincrementaldecoder('utf-8')().decode(b'\\xc3'))\n'x'.encode('nope')",
    "unicodedata": "import unicodedata\nprint(unicodedata.name('é'), unicodedata.normalize('NFD', 'é').encode(), unicodedata.unidata_version)",
    "difflib": "import difflib\nprint(*difflib.unified_diff(['a', 'b'], ['a', 'c'], lineterm=''), sep='\\n')",
    "string formatting": "print('%5.2f|%-5s|%x' % (3.14159, 'a', 255), f'{255:#x} {1e10:,} {\"a\":^5} {[1]!r:>5}', '{0[a]}'.format({'a': 1}))",
    "big numbers": "print(2 ** 200, 10 ** 30 // 7, -7 // 2, -7 % 3, 1e308 * 10, 0.1 + 0.2, round(2.5), int('9' * 50), (1 << 64).bit_length())",
    "complex and fractions": "import cmath, fractions, statistics\nprint((1 + 2j) ** 2, cmath.sqrt(-1), fractions.Fraction(3, 9), statistics.stdev([1, 2, 4]))",
    "generators and context": "import contextlib\n@contextlib.contextmanager\ndef c():\n    print('in'); yield 1; print('out')\nwith c() as x: print(x)",
    "match": "match {'k': [1, 2, 3]}:\n    case {'k': [first, *rest]}: print(first, rest)",
    "numpy": "import numpy as np\nprint(np.__version__, np.linalg.solve([[3, 1], [1, 2]], [9, 8]), np.fft.fft([1, 0]).real, np.get_printoptions()['precision'])\nprint(np.geterr(), np.arange(6).reshape(2, 3) @ np.ones((3, 2)))",
    "numpy threads": "import threading\nimport numpy as np\na = np.random.default_rng(1).normal(size=(200, 200))\nr = []\nts = [threading.Thread(target=lambda: r.append((a @ a).shape)) for _ in range(4)]\n[t.start() for t in ts]; [t.join() for t in ts]; print(r)",
    "numpy in processes": "import multiprocessing as m\nimport numpy as np\ndef f(n): return float(np.linalg.det(np.eye(n) * 2))\nif __name__ == '__main__':\n    with m.get_context('fork').Pool(2) as p: print(p.map(f, [1, 2, 3]))",
    "numpy files": "import numpy as np\nnp.save('a.npy', np.arange(3)); np.savez('b.npz', x=np.eye(2)); np.savetxt('c.txt', [[1, 2]])\nprint(np.load('a.npy'), np.load('b.npz')['x'], open('c.txt').read(), np.memmap('m', mode='w+', shape=3)[:])",
    "numpy config": "import numpy as np\nnp.set_printoptions(precision=2, suppress=True)\nprint(np.array([1.23456, 1e-9]))\nnp.seterr(all='raise')\nnp.array([1]) / 0",
    "pandas": "import pandas as pd\nd = pd.DataFrame({'a': [1, 2, None], 'b': list('xyz')}, index=pd.date_range('2024-01-01', periods=3, tz='Europe/Oslo'))\nprint(d, d.dtypes, d.describe(include='all'), d.resample('2D').sum(numeric_only=True))",
    "pandas options": "import pandas as pd\nprint(pd.get_option('display.max_rows'), pd.get_option('display.width'))\nprint(pd.DataFrame({n: range(100) for n in 'abcdefghijklmnopqrstuvwxyz'}))",
    "pandas files": "import io, pandas as pd\nd = pd.read_csv(io.StringIO('d,v\\n2024-01-01,1\\n2024-01-02,x'), parse_dates=['d'])\nprint(d, d.to_json(), d.to_csv(index=False)); d.to_excel('x.xlsx'); print(pd.read_excel('x.xlsx').shape)",
    "pandas error": "import pandas as pd\npd.DataFrame({'a': [1]})['b']",
    "matplotlib without a display": "import matplotlib, matplotlib.pyplot as plt\nprint(matplotlib.get_backend(), matplotlib.get_configdir(), matplotlib.matplotlib_fname().endswith('matplotlibrc'))\nf, a = plt.subplots()\na.plot([1, 2]); a.set_title('é'); f.savefig('x.png', dpi=50); plt.show()\n"
    "print(open('x.png', 'rb').read(8), plt.get_fignums(), plt.rcParams['font.size'], f)",
    "matplotlib backend by name": "import matplotlib\nmatplotlib.use('svg')\nimport matplotlib.pyplot as plt\nplt.plot([1]); plt.savefig('a.svg'); print(matplotlib.get_backend(), open('a.svg').read(5))",
    "matplotlib backend that needs a display": "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\nplt.figure()",
    "matplotlib pixels": "import hashlib, io\nimport matplotlib.pyplot as plt\nplt.bar(['a', 'b'], [1, 2]); plt.xlabel('text'); b = io.BytesIO(); plt.savefig(b, format='raw'); print(hashlib.md5(b.getvalue()).hexdigest())",
    "scipy": "from scipy import optimize, stats\nprint(optimize.minimize(lambda x: (x - 2) ** 2, 0).x.round(3), stats.norm.cdf(0))",
    "sympy": "import sympy\nx = sympy.Symbol('x'); print(sympy.integrate(x ** 2), sympy.solve(x ** 2 - 2), sympy.latex(1 / x))",
    "PIL": "from PIL import Image, ImageDraw\ni = Image.new('RGB', (9, 9), 'red'); ImageDraw.Draw(i).line((0, 0, 8, 8)); i.save('a.png'); print(Image.open('a.png').getpixel((4, 4)), i)",
    "requests without a network": "import requests\ntry: requests.get('http://127.0.0.1:9', timeout=5)\nexcept requests.ConnectionError as e: print('refused' in str(e))\nprint(requests.utils.default_user_agent())",
    "rich": "from rich.console import Console\nfrom rich.table import Table\nt = Table(title='T'); t.add_column('a'); t.add_row('[red]1'); Console().print(t, ':smile:')",
    "bs4 and jinja2": "from bs4 import BeautifulSoup\nfrom jinja2 import Template\nprint(BeautifulSoup('<p>é<b>x', 'html.parser').prettify(), Template('{{ a|upper }}').render(a='x'))",
    "flask": "from flask import Flask\na = Flask(__name__)\n@a.get('/')\ndef f(): return {'x': 1}\nprint(a.test_client().get('/').json, a.root_path, a.name)",
    "networkx": "import networkx as nx\nprint(nx.shortest_path(nx.cycle_graph(6), 0, 3), nx.karate_club_graph())",
}


# Others that are loaded in the same way stand for them, and bare Python takes up to two seconds to import each.
SLOW = (
    *("numpy in processes", "numpy files", "numpy config", "pandas options", "pandas files", "pandas error"),
    *("matplotlib backend by name", "matplotlib backend that needs a display", "matplotlib pixels"),
    *("scipy", "sympy", "PIL", "rich", "bs4 and jinja2", "flask", "networkx"),
)


@pytest.mark.parametrize("name", the_rest_long([name for name in PROGRAMS if name not in SLOW], SLOW))
async def test_a_library_finds_what_it_finds_under_bare_python(as_bare: Compare, name: str) -> None:
    await as_bare(PROGRAMS[name])
