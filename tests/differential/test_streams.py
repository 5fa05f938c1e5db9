"""What goes in and comes out: encodings of source and streams, bytes, standard input in all its states, files."""

import pytest
from tests.differential.conftest import Compare
from tests.support.bare import Program

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

PROGRAMS: dict[str, str | bytes | Program] = {
    "latin-1 cookie": "# -*- coding: latin-1 -*-\nprint('é', len('é'))".encode("latin-1"),
    "latin-1 without a cookie": "print('é')".encode("latin-1"),
    "cookie in the second line": "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nprint('\x80')".encode(
        "cp1252", "replace"
    ),
    "cookie in the third line": b"\n\n# coding: latin-1\nprint('\xe9')",
    "a cookie that nobody knows": b"# coding: klingon\nprint(1)",
    "a cookie that is a lie": b"# coding: ascii\nprint('\xc3\xa9')",
    "utf-16": "print('x')".encode("utf-16"),
    "utf-8 with BOM": b"\xef\xbb\xbfprint('bom')",
    "BOM and another cookie": b"\xef\xbb\xbf# coding: latin-1\nprint('x')",
    "shift_jis": "# coding: shift_jis\nprint('日本')".encode("shift_jis"),
    "CRLF": b"x = 1\r\nif x:\r\n    print('''a\r\nb''')\r\n",
    "CR": b"x = 1\rprint(x)\r",
    "mixed line ends": b"print(1)\r\nprint(2)\rprint(3)\nprint(4)",
    "form feeds": b"\x0cprint(1)\n\x0c\nprint(2)",
    "no newline at the end": b"print(1)",
    "a comment without a newline": b"print(1)\n# end",
    "a backslash at the end": b"print(1)\\",
    "NUL": b"print(1)\n\0print(2)",
    "NUL in a string": b"print('a\0b')",
    "control Z": b"print(1)\n\x1a",
    "empty": b"",
    "only blanks": b"  \n\t\n",
    "only a comment": b"# nothing",
    "a long source": b"x = 0\n" + b"x += 1\n" * 20_000 + b"print(x)\n",
    "a long line": b"x = [" + b"1, " * 30_000 + b"]\nprint(len(x))",
    "names of all kinds": "naïve = 1; 名前 = 2; ª = 3\nprint(naïve, 名前, a)",
    "wide and combining": "print('日本', 'e\\u0301', '👩\\u200d👩', '\\u202eright')",
    "a lone surrogate": "print('\\udc80')",
    "a lone surrogate to stderr": "import sys\nprint('\\udc80', file=sys.stderr)",
    "surrogateescape of bytes": "import os, sys\nprint(os.fsdecode(b'\\xff').encode('utf-8', 'surrogateescape'))\nprint(ascii(os.fsdecode(b'\\xff')))",
    "reconfigure": "import sys\nsys.stdout.reconfigure(encoding='latin-1', errors='replace', newline='\\r\\n', line_buffering=True)\nprint('é☃')",
    "LANG": Program(
        "import sys, locale\nprint(sys.stdout.encoding, locale.getlocale(), sys.getfilesystemencoding())",
        env={"LANG": "C"},
    ),
    "LC_ALL": Program("import sys\nprint(sys.stdout.encoding, sys.stdout.errors)", env={"LC_ALL": "POSIX"}),
    "TZ": Program(
        "import time, datetime\nprint(time.tzname, time.localtime(0).tm_hour, datetime.datetime.fromtimestamp(0))",
        env={"TZ": "Asia/Tokyo"},
    ),
    "the streams": "import sys\nfor s in (sys.stdin, sys.stdout, sys.stderr):\n    print(s.name, s.mode, s.encoding, s.errors, s.newlines, s.line_buffering, s.write_through, s.isatty(), s.fileno(), s)\n"
    "    print(type(s.buffer).__name__, s.buffer.raw)\nprint(sys.__stdout__ is sys.stdout)",
    "what order": "import os, sys\nprint('a')\nsys.stderr.write('b')\nos.write(1, b'c\\n')\nsys.stdout.flush()\nos.write(2, b'd\\n')",
    "print with everything": "import sys\nprint(1, 2, sep='-', end='!\\n', file=sys.stdout, flush=True)\nprint()\nprint(*[])\nprint(None)",
    "much output": "for n in range(20_000): print(n, 'x' * (n % 50))",
    "much of both": "import sys\nfor n in range(3000):\n    print('o', n); print('e', n, file=sys.stderr)",
    "binary output": "import sys\nsys.stdout.buffer.write(bytes(range(256)) * 10)",
    "text and bytes mixed": "import sys\nprint('text', end='')\nsys.stdout.flush()\nsys.stdout.buffer.write(b'\\xff')\nprint('text')",
    "writelines and truncate": "import sys\nsys.stdout.writelines(['a\\n', 'b\\n'])\ntry: sys.stdout.truncate(0)\nexcept OSError as e: print(e)",
    "seek": "import sys\nprint(sys.stdout.seekable(), sys.stdin.seekable())\nsys.stdout.seek(0)",
    "redirect": "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as s: print('in')\nprint(repr(s.getvalue()))",
    "dup2": "import os, sys\nf = open('out', 'w'); old = os.dup(1); os.dup2(f.fileno(), 1); print('to a file', flush=True); os.dup2(old, 1)\nprint(open('out').read())",
    "open of 1": "import os\nwith os.fdopen(os.dup(1), 'wb') as f: f.write(b'dup\\n')\nopen(1, 'w', closefd=False).write('again\\n')",
    "/dev/stdout": "open('/dev/stdout', 'w').write('by name\\n')\nopen('/proc/self/fd/1', 'w').write('by number\\n')\nprint(open('/dev/stdin').read())",
    "input": Program("print(input('? '), input())", stdin="one\ntwo"),
    "input at the end": Program("input()\ninput('more? ')", stdin="one\n"),
    "input with nothing": "input()",
    "input of bytes": Program("input()", stdin=b"\xff\n"),
    "input with CRLF": Program("print(repr(input()), repr(input()))", stdin=b"a\r\nb\r"),
    "input with NUL": Program("print(repr(input()))", stdin=b"a\0b\n"),
    "stdin by lines": Program("import sys\nfor line in sys.stdin: print(repr(line))", stdin="a\n\nb"),
    "stdin as bytes": Program("import sys\nprint(sys.stdin.buffer.read())", stdin=bytes(range(256))),
    "stdin in parts": Program(
        "import sys\nprint(sys.stdin.read(2), sys.stdin.readline(), sys.stdin.readlines(), sys.stdin.read())",
        stdin="abcd\ne\nf",
    ),
    "much input": Program(
        "import sys\nprint(sum(map(int, sys.stdin)))", stdin="".join(f"{n}\n" for n in range(50_000))
    ),
    "input that nobody reads": Program("print('done')", stdin="x" * 300_000),
    "stdin closed by the program": Program("import sys\nsys.stdin.close()\ninput()", stdin="x"),
    "descriptor of stdin closed": Program("import os\nos.close(0)\ninput()", stdin="x"),
    "fileinput": Program(
        "import fileinput\nfor line in fileinput.input(): print(fileinput.lineno(), line, end='')", stdin="a\nb\n"
    ),
    "stdin ready": Program(
        "import select, sys\nprint(select.select([sys.stdin], [], [], 20)[0] == [sys.stdin])", stdin="x"
    ),
    "isatty and terminal size": "import os, sys, shutil\nprint(sys.stdin.isatty(), shutil.get_terminal_size())\nos.get_terminal_size()",
    "getpass without a terminal": Program("import getpass\nprint(getpass.getpass())", stdin="secret\n"),
    "stdout closed": "import sys\nsys.stdout.close()\nprint('x')",
    "stdout closed and written to": "import sys\nsys.stdout.close()\nsys.stdout.write('x')",
    "stderr closed": "import sys\nsys.stderr.close()\n1 / 0",
    "stderr is None": "import sys\nsys.stderr = None\n1 / 0",
    "both None": "import sys\nsys.stdout = sys.stderr = None\nprint('x')\n1 / 0",
    "descriptor 1 closed early": "import os\nos.close(1)\nprint('x')",
    "descriptor 2 closed": "import os\nos.close(2)\nprint('x')\n1 / 0",
    "/dev/full": "f = open('/dev/full', 'w')\nf.write('x')\nf.close()",
    "a broken pipe": "import os, sys\nr, w = os.pipe(); os.close(r)\nos.write(w, b'x')",
    "files of all modes": "f = open('a', 'x'); f.write('1\\n2\\n'); f.close()\nprint(open('a').readlines(), open('a', 'rb').read(), f)\n"
    "with open('a', 'r+') as f: f.seek(2); f.write('9'); f.seek(0); print(f.read(), f.tell())\nopen('a', 'x')",
    "folders": "import os, shutil\nos.makedirs('a/b/c'); open('a/b/f', 'w').close()\nprint([(r, sorted(d), sorted(f)) for r, d, f in os.walk('a')])\nos.rename('a', 'z'); shutil.copytree('z', 'y'); shutil.rmtree('z'); print(sorted(os.listdir()))",
    "links and rights": "import os, stat\nopen('f', 'w').write('x'); os.symlink('f', 'l'); os.link('f', 'h'); os.chmod('f', 0o640)\nprint(os.readlink('l'), os.stat('f').st_nlink, stat.filemode(os.lstat('l').st_mode), oct(os.stat('f').st_mode))",
    "times of files": "import os\nopen('f', 'w').close(); os.utime('f', (1, 2)); print(os.stat('f').st_mtime, os.path.getatime('f'))",
    "strange names": "import os\nfor n in ('é', 'a b', '\\n', b'\\xff', '.hidden', 'x' * 255): open(n, 'w').close()\nprint(sorted(map(ascii, os.listdir())))\nopen('x' * 256, 'w')",
    "pathlib": "from pathlib import Path\np = Path('d'); p.mkdir(); (p / 'a.txt').write_text('é'); print([q.name for q in p.iterdir()], (p / 'a.txt').read_bytes(), p.resolve(), list(Path().rglob('*.txt')))",
    "glob": "import glob, os\nfor n in 'ab': open(n + '.py', 'w').close()\nprint(sorted(glob.glob('*.py')), glob.glob(os.getcwd() + '/a*'))",
    "sparse files": "f = open('s', 'wb'); f.seek(1 << 20); f.write(b'x'); f.close()\nimport os\nprint(os.stat('s').st_size)",
    "locks": "import fcntl\nf = open('l', 'w'); fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB); fcntl.lockf(f, fcntl.LOCK_EX); print('locked')",
    "fifo": "import os, threading\nos.mkfifo('p')\nt = threading.Thread(target=lambda: open('p', 'w').write('x')); t.start(); print(open('p').read()); t.join()",
}


@pytest.mark.parametrize("name", PROGRAMS)
async def test_what_goes_in_and_out_is_what_it_is_under_bare_python(as_bare: Compare, name: str) -> None:
    await as_bare(PROGRAMS[name])
