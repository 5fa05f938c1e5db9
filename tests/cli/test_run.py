"""`snakepen run`: streams, arguments and exit code pass through."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.cases import the_rest_long
from tests.support.servers import ISOLATION, SNAKEPEN, WITHOUT_ISOLATION, clean_env
from tests.support.waiting import MORE_AND_MORE_SECONDS, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="exit codes of signals are POSIX")]


def run(
    folder: Path, code: str, *arguments: str, stdin: bytes = b"", options: tuple[str, ...] = ISOLATION
) -> subprocess.CompletedProcess[bytes]:
    """Run a program by the command line; options stand before its name, its own arguments after."""
    program = folder / "program.py"
    program.write_text(code, "utf-8")
    return subprocess.run(
        [str(SNAKEPEN), "run", *options, str(program), *arguments],
        input=stdin, capture_output=True, env=clean_env(), timeout=60, check=False,
    )  # fmt: skip


def test_streams_are_passed_through_byte_for_byte(tmp_path: Path) -> None:
    code = "import sys\nsys.stdout.buffer.write(bytes(range(256)))\nsys.stderr.buffer.write(b'\\xff err \\r\\n')"
    done = run(tmp_path, code)
    assert (done.stdout, done.stderr, done.returncode) == (bytes(range(256)), b"\xff err \r\n", 0)


def test_stdin_is_passed_through_to_its_end(tmp_path: Path) -> None:
    given = bytes(range(256)) * 2000
    done = run(tmp_path, "import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read())", stdin=given)
    assert (done.stdout, done.returncode) == (given, 0)


@pytest.mark.long
def test_arguments_after_the_name_are_the_programs_own(tmp_path: Path) -> None:
    given = ["--timeout", "x", "-h", "--help", "two words", "", "--"]
    done = run(tmp_path, "import sys\nprint(sys.argv[1:])", *given)
    assert done.stdout.decode() == f"{given}\n"


def test_an_option_that_there_is_not_is_no_program(tmp_path: Path) -> None:
    """And what it is for nearly is said; a program may be called like one, after `--`."""
    done = run(tmp_path, "print('ran')", options=("--tmeout", "3"))
    assert (done.stdout, done.returncode) == (b"", 2)
    assert b"No such option: --tmeout" in done.stderr
    assert b"--timeout" in done.stderr
    (tmp_path / "--tmeout").write_text("import sys\nprint(sys.argv[1:])")
    done = subprocess.run(
        [str(SNAKEPEN), "run", *ISOLATION, "--", "--tmeout", "3", "--"],
        cwd=tmp_path, capture_output=True, env=clean_env(), timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr, done.returncode) == (b"['3', '--']\n", b"", 0)


@pytest.mark.long
@pytest.mark.parametrize("options", [ISOLATION, WITHOUT_ISOLATION], ids=["isolated", "not isolated"])
def test_arguments_need_not_be_utf_8(tmp_path: Path, options: tuple[str, ...]) -> None:
    code = "import os, sys\nprint(ascii(sys.argv[1:]), [os.fsencode(argument) for argument in sys.argv[1:]])"
    done = run(tmp_path, code, "arg\udcff", "é", options=options)
    expected = rf"""['arg\udcff', '\xe9'] {[b"arg" + bytes([255]), "é".encode()]}"""
    assert (done.stdout.decode(), done.stderr, done.returncode) == (f"{expected}\n", b"", 0)


@pytest.mark.parametrize(
    ("code", "expected"),
    the_rest_long(
        [("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", 128 + 11)],
        [
            ("raise SystemExit(7)", 7),
            ("", 0),
            ("1/0", 1),
            ("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)", 128 + 15),
        ],
    ),
)
def test_the_exit_code_is_the_programs(tmp_path: Path, code: str, expected: int) -> None:
    assert run(tmp_path, code).returncode == expected


def test_output_comes_while_it_runs(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("name = input('Name? ')\nprint('Hello', name)")
    process = subprocess.Popen(
        [str(SNAKEPEN), "run", *ISOLATION, str(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=clean_env(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.read(6) == b"Name? "
    out, _ = process.communicate(b"Ada\n", timeout=60)
    assert (out, process.returncode) == (b"Hello Ada\n", 0)


@pytest.mark.long
def test_it_may_use_all_that_the_settings_allow(tmp_path: Path) -> None:
    done = run(tmp_path, "print('x' * 3_000_000)")
    assert (done.returncode, len(done.stdout)) == (0, 3_000_001)


@pytest.mark.long
def test_a_signal_that_was_ignored_before_stays_ignored(tmp_path: Path) -> None:
    if sys.platform == "win32":
        return
    program = tmp_path / "program.py"
    program.write_text("print('up', flush=True)\ninput()\nprint('still here')")
    nohup = "import os, signal, sys\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\nos.execv(sys.argv[1], sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", nohup, str(SNAKEPEN), "run", *ISOLATION, str(program)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=clean_env(),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    process.send_signal(signal.SIGHUP)
    out, _ = process.communicate(b"\n", timeout=60)
    assert (out, process.returncode) == (b"still here\n", 0)


@pytest.mark.long
def test_a_file_can_be_put_beside_it(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("ANSWER = 42")
    code = "from helper import ANSWER\nimport os\nprint(ANSWER, sorted(os.listdir())[-1])"
    done = run(tmp_path, code, options=(*ISOLATION, "--file", str(tmp_path / "helper.py")))
    assert done.stdout == b"42 main.py\n"


@pytest.mark.long
def test_a_file_can_have_another_name_there(tmp_path: Path) -> None:
    (tmp_path / "a=b").write_text("whole")
    (tmp_path / "data.csv").write_text("renamed")
    code = "print(open('in/x.csv').read(), open('a=b').read(), open('c').read())"
    options = ("--file", f"{tmp_path / 'data.csv'}=in/x.csv", "--file", f"{tmp_path / 'a=b'}")
    done = run(tmp_path, code, options=(*ISOLATION, *options, "--file", f"{tmp_path / 'a=b'}=c"))
    assert (done.stdout, done.stderr) == (b"renamed whole whole\n", b"")


MAKES = """
import os
os.mkdir("deep")
for path in ("a.txt", "deep/b.csv"):
    with open(path, "w") as file:
        file.write(path)
os.symlink("/etc/passwd", "link")
print("made", flush=True)
"""


@pytest.mark.parametrize(
    "options", [ISOLATION, pytest.param(WITHOUT_ISOLATION, marks=pytest.mark.long)], ids=["isolated", "not isolated"]
)
def test_what_it_makes_can_be_saved(tmp_path: Path, options: tuple[str, ...]) -> None:
    folder = tmp_path / "new" / "out"
    done = run(tmp_path, MAKES, options=(*options, "--artifacts", str(folder)))
    assert (done.stdout, done.returncode) == (b"made\n", 0)
    found = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
    assert found == {"a.txt": "a.txt", "deep/b.csv": "deep/b.csv"}
    assert done.stderr.decode().splitlines() == [
        f"snakepen: saved {folder / 'a.txt'}",
        f"snakepen: saved {folder / 'deep/b.csv'}",
        "snakepen: not saved: 1 not a file but a link, a pipe or the like.",
    ]


@pytest.mark.long
@pytest.mark.parametrize("options", [ISOLATION, WITHOUT_ISOLATION], ids=["isolated", "not isolated"])
def test_plots_are_saved_beside_what_it_makes(tmp_path: Path, options: tuple[str, ...]) -> None:
    code = (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('between')\n"
        "plt.figure()\nplt.plot([2, 1])\nplt.figure()\nplt.plot([3, 1])\nopen('a.txt', 'w').close()\n"
        "display('text')\nprint('after')\n[1, 'é']"
    )
    folder = tmp_path / "out"
    done = run(tmp_path, code, options=(*options, "--artifacts", str(folder)))
    assert (done.stdout.decode(), done.returncode) == ("between\n'text'\nafter\n[1, 'é']\n", 0), done.stderr
    names = ["a.txt", "figure-1.png", "figure-2.png", "figure-3.png"]
    assert done.stderr.decode().splitlines() == [f"snakepen: saved {folder / name}" for name in names]
    assert all((folder / name).read_bytes().startswith(b"\x89PNG") for name in names[1:])


@pytest.mark.long
def test_without_asking_nothing_is_said_to_who_does_not_sit_there(tmp_path: Path) -> None:
    done = run(tmp_path, MAKES)
    assert (done.stdout, done.stderr, done.returncode) == (b"made\n", b"", 0)


@pytest.mark.long
def test_what_it_made_is_saved_however_it_ended(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for seconds in MORE_AND_MORE_SECONDS:
        options = (*ISOLATION, "--artifacts", str(folder), "--timeout", f"{seconds}")
        done = run(tmp_path, f"{MAKES}while True: pass", options=options)
        assert done.returncode == 124
        if done.stdout:
            break
    first, *rest = done.stderr.decode().splitlines()
    assert first.endswith("--timeout gives it longer.")
    assert rest[0] == f"snakepen: saved {folder / 'a.txt'}"
    assert (folder / "a.txt").read_text() == "a.txt"


@pytest.mark.long
def test_a_program_that_was_stopped_has_made_what_it_made(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(f"{MAKES}import time\ntime.sleep(600)")
    process = subprocess.Popen(
        [str(SNAKEPEN), "run", *ISOLATION, "--artifacts", str(tmp_path / "out"), str(program)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_env(),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"made\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert (tmp_path / "out" / "deep" / "b.csv").read_text() == "deep/b.csv"


@pytest.mark.long
def test_what_cannot_be_saved_is_said_and_a_failure(tmp_path: Path) -> None:
    (tmp_path / "out" / "a.txt").mkdir(parents=True)
    done = run(tmp_path, MAKES, options=(*ISOLATION, "--artifacts", str(tmp_path / "out")))
    assert (done.stdout, done.returncode) == (b"made\n", 125)
    assert done.stderr.decode().splitlines()[0].startswith(f"snakepen: {tmp_path / 'out/a.txt'} cannot be saved: ")
    assert (tmp_path / "out/deep/b.csv").read_text() == "deep/b.csv"


@pytest.mark.long
def test_time_that_is_up_is_124_and_says_so(tmp_path: Path) -> None:
    code = "print('begun', flush=True)\nwhile True: pass"
    for seconds in MORE_AND_MORE_SECONDS:
        done = run(tmp_path, code, options=(*ISOLATION, "--timeout", f"{seconds}"))
        assert done.returncode == 124
        assert done.stderr.decode() == f"snakepen: ended after {seconds} seconds; --timeout gives it longer.\n"
        if done.stdout:
            break
    assert done.stdout == b"begun\n"


@pytest.mark.parametrize("number", the_rest_long([signal.SIGINT], [signal.SIGTERM]))
def test_a_signal_ends_the_program_with_it(tmp_path: Path, number: signal.Signals) -> None:
    """It is interrupted first, and may tidy up, which takes this one longer than a second."""
    told = tmp_path / "pid"
    program = tmp_path / "program.py"
    program.write_text(
        f"import os, time\nopen({str(told) + '.p'!r}, 'w').write(str(os.getpid()))\ntry:\n"
        f"    os.rename({str(told) + '.p'!r}, {str(told)!r})\n    time.sleep(600)\n"
        "finally:\n    time.sleep(1.2)\n    print('tidied up')"
    )
    process = subprocess.Popen(
        [str(SNAKEPEN), "run", *WITHOUT_ISOLATION, str(program)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_env(),
    )  # fmt: skip
    wait_until(told.exists)
    process.send_signal(number)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out) == (128 + number, b"tidied up\n")
    assert error.endswith(b"KeyboardInterrupt\n")
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


@pytest.mark.long
def test_a_reader_that_goes_away_ends_the_program(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("while True: print('y')")
    process = subprocess.Popen(
        [str(SNAKEPEN), "run", *ISOLATION, str(program)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_env(),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(2) == b"y\n"
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), error) == (128 + 13, b"")


@pytest.mark.long
def test_input_that_the_program_does_not_read_is_no_fault(tmp_path: Path) -> None:
    done = run(tmp_path, "print('hello')", stdin=b"y\n" * 5_000_000)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"hello\n", b"")


@pytest.mark.long
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full device")
def test_output_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("print('hello')")
    with open("/dev/full", "wb") as full:
        command = [str(SNAKEPEN), "run", *ISOLATION, str(program)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=clean_env(), timeout=60, check=False)
    assert done.returncode == 125
    assert done.stderr.startswith(b"snakepen: The program's output cannot be written")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.long
def test_a_program_can_come_by_standard_input() -> None:
    code = "import sys\nprint(sys.argv[1:], repr(sys.stdin.read()))"
    command = [str(SNAKEPEN), "run", *ISOLATION, "-", "one", "-"]
    done = subprocess.run(command, input=code.encode(), capture_output=True, env=clean_env(), timeout=60, check=False)
    assert (done.stdout, done.stderr, done.returncode) == (b"['one', '-'] ''\n", b"", 0)


@pytest.mark.parametrize(
    "options", [ISOLATION, pytest.param(WITHOUT_ISOLATION, marks=pytest.mark.long)], ids=["isolated", "not isolated"]
)
def test_where_no_file_can_be_written_it_says_so(tmp_path: Path, options: tuple[str, ...]) -> None:
    program = tmp_path / "program.py"
    program.write_text("print('ran')")
    command = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", str(SNAKEPEN), "run", *options, str(program)]
    done = subprocess.run(command, capture_output=True, env=clean_env(), timeout=60, check=False)
    assert (done.stdout, done.returncode) == (b"", 125)
    assert done.stderr.startswith(b"snakepen: No folder for temporary files can be written to")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="sandboxes are Linux's")
def test_where_no_program_could_open_what_it_may_it_says_so(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("print('ran')")
    command = ["sh", "-c", 'ulimit -n 1024; exec "$@"', "sh", str(SNAKEPEN), "run", *ISOLATION, str(program)]
    done = subprocess.run(command, capture_output=True, env=clean_env(), timeout=60, check=False)
    assert (done.stdout, done.returncode) == (b"", 125)
    assert b"limits.open_files.maximum" in done.stderr
    assert len(done.stderr.splitlines()) == 1


LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_NPROC, (int(sys.argv[1]),) * 2)
os.execv(sys.argv[2], sys.argv[2:])
"""


@pytest.mark.parametrize("more", the_rest_long([1], [0]), ids=["one more", "as many"])
def test_where_no_program_could_have_the_processes_that_it_may_it_says_so(tmp_path: Path, more: int) -> None:
    if sys.platform != "linux":
        return
    import resource

    program = tmp_path / "program.py"
    program.write_text("print('ran')")
    hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    most = 32_767 if hard == resource.RLIM_INFINITY else min(hard, 32_767)
    command = [sys.executable, "-c", LIMITED, str(most), str(SNAKEPEN), "run", *ISOLATION, str(program)]
    env = clean_env(SNAKEPEN_LIMITS__PROCESSES__MAXIMUM=str(most + more))
    done = subprocess.run(command, capture_output=True, env=env, timeout=60, check=False)
    assert (done.stdout, done.returncode) == ((b"", 125) if more else (b"ran\n", 0)), done.stderr
    assert (b"limits.processes.maximum" in done.stderr) == bool(more)
    assert len(done.stderr.splitlines()) == more


@pytest.mark.long
@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_closed_stream_is_as_if_nobody_listened(tmp_path: Path, closed: int) -> None:
    program = tmp_path / "program.py"
    program.write_text("import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint(repr(sys.stdin.read()))")
    closer = f"import os, sys\nos.close({closed})\nos.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", closer, str(SNAKEPEN), "run", *ISOLATION, str(program)]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, env=clean_env(), timeout=60, check=False
    )
    assert done.returncode == 0
    assert done.stdout == (b"" if closed == 1 else b"out\n''\n")
    assert done.stderr == (b"" if closed == 2 else b"err\n")


@pytest.mark.long
def test_a_reader_that_stalls_does_not_keep_it_from_being_stopped(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("while True: print('y' * 1000)")
    process = subprocess.Popen(
        [str(SNAKEPEN), "run", *ISOLATION, str(program)], stdout=subprocess.PIPE, env=clean_env()
    )
    assert process.stdout is not None
    assert process.stdout.read(10) == b"y" * 10
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 128 + 15
    process.stdout.close()


@pytest.mark.parametrize("command", [("run",), pytest.param(("ask", "--yes"), marks=pytest.mark.long)], ids=" ".join)
def test_a_folder_without_a_name_is_not_the_current_one(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text("mine")
    (tmp_path / "program.py").write_text(MAKES)
    done = subprocess.run(
        [str(SNAKEPEN), *command, *ISOLATION, "--artifacts", "", "program.py"],
        cwd=tmp_path, capture_output=True, env=clean_env(), timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (125, b"")
    assert done.stderr == b"snakepen: --artifacts has no folder: name one, or give '.' for the current one.\n"
    assert (tmp_path / "a.txt").read_text() == "mine"


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--isolation", "none", "--i-trust-the-code", "{missing}"], "cannot be read"),
        (["--isolation", "none", "{program}"], "--i-trust-the-code"),
        (["--isolation", "some", "{program}"], "isolation"),
        (["--isolation", "none", "--i-trust-the-code", "--timeout", "0", "{program}"], "--timeout"),
        (["--isolation", "none", "--i-trust-the-code", "--timeout", "99999", "{program}"], "--timeout"),
        (["--isolation", "none", "--i-trust-the-code", "--file", "{missing}", "{program}"], "cannot be read"),
        (["--isolation", "none", "--i-trust-the-code", "--file", "{program}=../x", "{program}"], "--file"),
        (["--isolation", "none", "--i-trust-the-code", "--file", "{program}=main.py", "{program}"], "own name"),
        (["--isolation", "none", "--i-trust-the-code", "--file", ".", "{program}"], "is a folder"),
        (["--isolation", "none", "--i-trust-the-code", "--file", "{program}=\udcff", "{program}"], "UTF-8"),
        (["--isolation", "none", "--i-trust-the-code", "--artifacts", "{program}", "{program}"], "--artifacts"),
        (["--config", "{missing}", "{program}"], "does not exist"),
        (["--isolation", "none", "--i-trust-the-code", "--terminal", "{program}"], "--terminal"),
    ],
)
def test_what_cannot_be_run_is_125_and_one_sentence(tmp_path: Path, arguments: list[str], part: str) -> None:
    program = tmp_path / "program.py"
    program.write_text("print('ran')")
    named = [word.format(missing=tmp_path / "missing", program=program) for word in arguments]
    done = subprocess.run([str(SNAKEPEN), "run", *named], capture_output=True, env=clean_env(), timeout=60, check=False)
    assert (done.returncode, done.stdout) == (125, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("snakepen: ")
    assert part in lines[0]


@pytest.mark.parametrize(
    "command",
    [("run", "program.py"), pytest.param(("ask", "--yes", "a times table"), marks=pytest.mark.long)],
    ids=lambda words: words[0],
)
def test_a_file_of_the_folder_does_not_take_the_isolation_away_and_a_named_one_not_silently(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "program.py").write_text("print('ran')")
    (tmp_path / "snakepen.toml").write_text('isolation = "none"\ni_trust_the_code = true\n')

    def done(*options: str) -> tuple[int, bool, str]:
        words = [str(SNAKEPEN), command[0], *options, *command[1:]]
        ended = subprocess.run(words, cwd=tmp_path, capture_output=True, env=clean_env(), timeout=60, check=False)
        return ended.returncode, bool(ended.stdout), ended.stderr.decode()

    assert done() == (125, False, f"snakepen: {UNNAMED}\n")
    code, ran, said = done("--config", "snakepen.toml")
    assert (code, ran) == (0, True)
    assert said.startswith("Isolation is off. Every program that you run here runs as you, ")


UNNAMED = (
    "snakepen.toml of this folder sets isolation, which only a settings file that was named may set: if that is meant, "
    "add --config snakepen.toml"
)
HANDLERS = "import signal\nprint([(number, signal.getsignal(number)) for number in sorted(signal.valid_signals())])"


@pytest.mark.long
@pytest.mark.parametrize("options", [ISOLATION, WITHOUT_ISOLATION], ids=["isolated", "not isolated"])
def test_what_is_ignored_by_whoever_started_us_is_not_by_the_program(tmp_path: Path, options: tuple[str, ...]) -> None:
    """As nohup and `&` do it; bare Python that nobody did this to says what is right."""
    program = tmp_path / "program.py"
    program.write_text(HANDLERS, "utf-8")
    ignoring = ["sh", "-c", 'trap "" HUP INT QUIT TERM USR1 CHLD; exec "$@"', "sh"]
    done = subprocess.run(
        [*ignoring, str(SNAKEPEN), "run", *options, str(program)], capture_output=True, env=clean_env(), check=False
    )
    right = subprocess.run([sys.executable, str(program)], capture_output=True, check=True).stdout
    assert (done.stdout, done.stderr, done.returncode) == (right, b"", 0)
