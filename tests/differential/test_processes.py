"""What a program starts: children by fork, spawn and forkserver, pools, shells, threads, tasks, servers, signals."""

import pytest
from tests.differential.conftest import Compare
from tests.support.bare import Program

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

WORKER = """
import multiprocessing as mp, os, sys

def square(number):
    return number * number

def fill(shared, lock, queue):
    with lock:
        shared.value += 1
    queue.put(os.getpid() != os.getppid())

class Point:
    def __init__(self, x): self.x = x

def move(point):
    point.x += 1
    return point
"""

PROGRAMS: dict[str, str | Program] = {
    **{
        f"multiprocessing by {way}": WORKER
        + f"""
if __name__ == "__main__":
    context = mp.get_context({way!r})
    with context.Pool(2) as pool:
        print(pool.map(square, range(5)), pool.apply(move, (Point(1),)).x)
    shared, lock, queue = context.Value("i", 0), context.Lock(), context.Queue()
    children = [context.Process(target=fill, args=(shared, lock, queue)) for _ in range(2)]
    for child in children: child.start()
    print([queue.get(timeout=20) for _ in children])
    for child in children: child.join()
    print(shared.value, [child.exitcode for child in children])
"""
        for way in ("fork", "spawn", "forkserver")
    },
    "a child's traceback by spawn": WORKER
    + "def fail(): 1 / 0\nif __name__ == '__main__':\n    p = mp.get_context('spawn').Process(target=fail, name='child')\n"
    "    p.start(); p.join(); print(p.exitcode)",
    "shared memory": "from multiprocessing import shared_memory\nimport numpy as np\n"
    "block = shared_memory.SharedMemory(create=True, size=800)\na = np.ndarray(100, buffer=block.buf); a[:] = 2\n"
    "other = shared_memory.SharedMemory(block.name)\nprint(np.ndarray(100, buffer=other.buf).sum())\n"
    "del a\nother.close(); block.close(); block.unlink()",
    "semaphores and friends": "import multiprocessing as mp\nif __name__ == '__main__':\n    m = mp.get_context('fork')\n"
    "    s, e, b, c = m.Semaphore(2), m.Event(), m.BoundedSemaphore(1), m.Condition()\n    print(s.acquire(), b.acquire(block=False), b.acquire(block=False))\n"
    "    p = m.Process(target=e.set); p.start(); print(e.wait(20)); p.join()",
    "a manager": "import multiprocessing as mp\ndef add(d): d['x'] = 1\nif __name__ == '__main__':\n    with mp.get_context('fork').Manager() as m:\n"
    "        d = m.dict(); p = mp.get_context('fork').Process(target=add, args=(d,)); p.start(); p.join(); print(dict(d))",
    "pipes between processes": "import multiprocessing as mp\ndef f(c): c.send(c.recv() * 2)\nif __name__ == '__main__':\n"
    "    a, b = mp.Pipe(); p = mp.get_context('fork').Process(target=f, args=(b,)); p.start(); a.send([1]); print(a.recv()); p.join()",
    "ProcessPoolExecutor": "from concurrent.futures import ProcessPoolExecutor, as_completed\ndef f(x): return x * x\nif __name__ == '__main__':\n"
    "    with ProcessPoolExecutor(2) as pool:\n        print(list(pool.map(f, range(4))), sorted(t.result() for t in as_completed([pool.submit(f, 5)])))",
    "ProcessPoolExecutor whose worker dies": "import os\nfrom concurrent.futures import ProcessPoolExecutor\nif __name__ == '__main__':\n"
    "    with ProcessPoolExecutor(1) as pool:\n        try: pool.submit(os._exit, 1).result()\n        except Exception as error: print(type(error).__name__)",
    "ThreadPoolExecutor": "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n    print(list(pool.map(str.upper, 'abc')))",
    "python in a subprocess": "import subprocess, sys\nout = subprocess.run([sys.executable, '-c', 'import sys; print(sys.argv, sys.path[1:], sys.prefix); sys.exit(3)', 'a'], capture_output=True, text=True)\nprint(out)",
    "python by its name": "import subprocess\nprint(subprocess.run(['python', '-c', 'import sys; print(sys.executable)'], capture_output=True, text=True))\n"
    "print(subprocess.run('which python python3', shell=True, capture_output=True, text=True).stdout)",
    "python -m": "import subprocess, sys\nprint(subprocess.run([sys.executable, '-m', 'json.tool'], input='[1]', capture_output=True, text=True).stdout)",
    "a script of its own": Program(
        "import subprocess, sys\nprint(subprocess.check_output([sys.executable, 'other.py', 'x'], text=True))",
        files=[{"path": "other.py", "content": "import sys\nprint(__name__, sys.argv, sys.path[0])\n"}],
    ),
    "a shell": "import subprocess\nprint(subprocess.run('echo $((6 * 7)); echo $0; pwd; exit 5', shell=True, capture_output=True, text=True))",
    "a pipeline": "import subprocess\nprint(subprocess.check_output('printf \"b\\\\na\\\\n\" | sort | tr a-z A-Z', shell=True, text=True))",
    "a script with a first line": "import os, stat, subprocess\nopen('s', 'w').write('#!/bin/sh\\necho script $1\\n')\n"
    "os.chmod('s', 0o755)\nprint(subprocess.check_output(['./s', 'x'], text=True))",
    "streams that are inherited": "import subprocess, sys\nprint('first', flush=True)\nsubprocess.run(['echo', 'second'])\n"
    "subprocess.run('echo third >&2', shell=True)\nprint('fourth')",
    "stdin that is inherited": Program(
        "import subprocess\nprint(input())\nprint(subprocess.check_output(['cat'], text=True))", stdin="one\n"
    ),
    "Popen and communicate": "import subprocess\np = subprocess.Popen(['cat'], stdin=-1, stdout=-1, text=True)\nprint(p.communicate('hi'), p.returncode, p.args)",
    "a timeout": "import subprocess\ntry: subprocess.run(['sleep', '30'], timeout=0.1)\nexcept subprocess.TimeoutExpired as e: print(e.cmd, 'was too slow')",
    "a command that is not there": "import subprocess\nsubprocess.run(['no-such-command'])",
    "a command that fails": "import subprocess\nsubprocess.run(['false'], check=True)",
    "a child killed by a signal": "import subprocess\nprint(subprocess.run('kill -TERM $$', shell=True).returncode)",
    "os.system and popen": "import os\nprint(os.waitstatus_to_exitcode(os.system('exit 7')), os.popen('echo hi').read())",
    "os.exec": "import os, sys\nprint('before', flush=True)\nos.execv(sys.executable, [sys.executable, '-c', 'print(2); raise SystemExit(4)'])",
    "os.spawn and posix_spawn": "import os\nprint(os.spawnlp(os.P_WAIT, 'true', 'true'))\n"
    "print(os.waitstatus_to_exitcode(os.waitpid(os.posix_spawn('/bin/sh', ['sh', '-c', 'exit 3'], os.environ), 0)[1]))",
    "fork and wait": "import os\npid = os.fork()\nif pid == 0: os._exit(9)\nprint(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
    "try: os.wait()\nexcept ChildProcessError as e: print(e)",
    "fork hooks": "import os\nos.register_at_fork(before=lambda: print('before', flush=True), after_in_parent=lambda: print('parent'), after_in_child=lambda: None)\n"
    "pid = os.fork()\nif pid == 0: os._exit(0)\nos.waitpid(pid, 0)",
    "sessions and groups": "import os\npid = os.fork()\nif pid == 0:\n    os.setsid()\n    os._exit(os.getpgrp() == os.getpid() == os.getsid(0))\n"
    "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))",
    "threads": "import threading, queue\nq = queue.Queue()\ndef f(n): q.put(n * n)\nts = [threading.Thread(target=f, args=(n,)) for n in range(5)]\n"
    "[t.start() for t in ts]; [t.join() for t in ts]\nprint(sorted(q.get() for _ in ts), threading.active_count(), threading.current_thread().name)",
    "names of threads": "import threading\nt = threading.Thread(target=lambda: print(threading.current_thread().name))\nt.start(); t.join()\nprint(threading.main_thread().name, len(threading.enumerate()))",
    "locks and timers": "import threading\ne = threading.Event()\nthreading.Timer(0.01, e.set).start()\nprint(e.wait(20))\nl = threading.RLock()\nwith l, l: print('locked')",
    "thread locals": "import threading\nx = threading.local(); x.a = 1\nt = threading.Thread(target=lambda: print(hasattr(x, 'a')))\nt.start(); t.join()",
    "a stack size": "import threading\nthreading.stack_size(1 << 20)\nt = threading.Thread(target=print, args=('small',))\nt.start(); t.join()",
    "recursion in a thread": "import threading\ndef f(n): return n and f(n - 1)\nt = threading.Thread(target=lambda: print(f(500)))\nt.start(); t.join()",
    "asyncio": "import asyncio\nasync def f(n):\n    await asyncio.sleep(0.001 * n)\n    return n\nasync def main():\n    print(await asyncio.gather(*(f(n) for n in (3, 1, 2))))\nasyncio.run(main())",
    "asyncio leaves tasks": "import asyncio\nasync def f():\n    try: await asyncio.sleep(99)\n    finally: print('cancelled')\nasync def main():\n    global t\n    t = asyncio.create_task(f())\n    await asyncio.sleep(0)\nasyncio.run(main())",
    "asyncio forgets to await": "import asyncio\nasync def f(): pass\nasync def main(): f()\nasyncio.run(main())",
    "asyncio exception never retrieved": "import asyncio\nasync def f(): raise ValueError('lost')\nasync def main():\n    asyncio.create_task(f())\n    await asyncio.sleep(0.01)\nasyncio.run(main())",
    "asyncio subprocess": "import asyncio\nasync def main():\n    p = await asyncio.create_subprocess_exec('echo', 'hi', stdout=-1)\n    print(await p.communicate(), p.returncode)\nasyncio.run(main())",
    "asyncio server": "import asyncio\nasync def handle(r, w):\n    w.write((await r.readline()).upper()); await w.drain(); w.close()\nasync def main():\n    s = await asyncio.start_server(handle, '127.0.0.1', 0)\n"
    "    r, w = await asyncio.open_connection(*s.sockets[0].getsockname())\n    w.write(b'hello\\n'); print(await r.read()); w.close(); s.close()\nasyncio.run(main())",
    "asyncio to_thread and timeout": "import asyncio\nasync def main():\n    print(await asyncio.to_thread(sum, [1, 2]))\n    try:\n        async with asyncio.timeout(0.01): await asyncio.sleep(9)\n    except TimeoutError: print('late')\nasyncio.run(main())",
    "asyncio task group": "import asyncio\nasync def f(): raise ValueError(1)\nasync def main():\n    async with asyncio.TaskGroup() as g: g.create_task(f(), name='t')\nasyncio.run(main())",
    "a loop left open": "import asyncio\nloop = asyncio.new_event_loop()\nprint(loop.run_until_complete(asyncio.sleep(0, 'x')))",
    "signals to oneself": "import os, signal\nsignal.signal(signal.SIGUSR1, lambda n, f: print('got', n, f.f_lineno))\nos.kill(os.getpid(), signal.SIGUSR1)\nprint('on')",
    "an alarm": "import signal\ndef late(*_): raise TimeoutError('late')\nsignal.signal(signal.SIGALRM, late)\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\ntry:\n    signal.pause()\nexcept TimeoutError as e: print(e)",
    "handlers at the start": "import signal\nfor s in sorted(signal.valid_signals()):\n    h = signal.getsignal(s)\n    if h is not signal.SIG_DFL: print(s, h)\nprint(signal.pthread_sigmask(signal.SIG_BLOCK, []))",
    "dispositions that children inherit": "import subprocess\nprint(subprocess.check_output(['/bin/sh', '-c', 'grep -E \"Sig(Blk|Ign|Cgt)\" /proc/self/status'], text=True))",
    "sigwait": "import os, signal, threading\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])\nos.kill(os.getpid(), signal.SIGUSR2)\nprint(signal.sigwait([signal.SIGUSR2]))",
    "faulthandler": "import faulthandler, sys\nfaulthandler.dump_traceback()\nprint(faulthandler.is_enabled())",
    "faulthandler of a crash": "import faulthandler, ctypes\nfaulthandler.enable()\nctypes.string_at(0)",
    "a loopback server": "import socket, threading\ns = socket.create_server(('127.0.0.1', 0))\ndef serve():\n    c, _ = s.accept()\n    with c: c.sendall(c.recv(10)[::-1])\n"
    "t = threading.Thread(target=serve); t.start()\nwith socket.create_connection(s.getsockname()) as c:\n    c.sendall(b'abc'); print(c.recv(10))\nt.join(); s.close()",
    "a loopback server for IPv6": "import socket\ns = socket.create_server(('::1', 0), family=socket.AF_INET6)\nc = socket.create_connection(s.getsockname()[:2])\nprint(c.family, s.accept()[0].family)",
    "UDP": "import socket\na = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); a.bind(('127.0.0.1', 0))\na.sendto(b'x', a.getsockname()); print(a.recv(9))",
    "UNIX sockets": "import socket\na, b = socket.socketpair(); a.send(b'x'); print(b.recv(1))\ns = socket.socket(socket.AF_UNIX); s.bind('sock'); s.listen(); c = socket.socket(socket.AF_UNIX); c.connect('sock'); print('connected')",
    "http.server": "import http.server, threading, urllib.request\nclass H(http.server.BaseHTTPRequestHandler):\n    def do_GET(self):\n        self.send_response(200); self.end_headers(); self.wfile.write(self.path.encode())\n    def log_message(self, *a): pass\n"
    "s = http.server.ThreadingHTTPServer(('localhost', 0), H)\nthreading.Thread(target=s.serve_forever, daemon=True).start()\nprint(urllib.request.urlopen(f'http://localhost:{s.server_port}/x').read())\ns.shutdown()",
    "socketserver and xmlrpc": "import threading, xmlrpc.client, xmlrpc.server\ns = xmlrpc.server.SimpleXMLRPCServer(('127.0.0.1', 0), logRequests=False)\ns.register_function(pow)\n"
    "threading.Thread(target=s.handle_request).start()\nprint(xmlrpc.client.ServerProxy('http://127.0.0.1:%d' % s.server_address[1]).pow(2, 5))",
    "selectors and epoll": "import os, select, selectors\nr, w = os.pipe(); s = selectors.DefaultSelector(); s.register(r, selectors.EVENT_READ)\nos.write(w, b'x'); print(type(s).__name__, len(s.select(5)))\n"
    "e = select.epoll(); e.register(r); print(e.poll(1)[0][1])",
    "mmap": "import mmap\nm = mmap.mmap(-1, 4096); m[:3] = b'abc'; print(m[:3])\nf = open('f', 'wb+'); f.write(b'x' * 10); f.flush(); m = mmap.mmap(f.fileno(), 0); m[0] = 65; m.flush(); print(open('f').read())",
    "a terminal of its own": "import os, pty\na, b = pty.openpty()\nprint(os.isatty(b))\nos.write(b, b'hi\\n'); print(os.read(a, 10))",
    "resource usage": "import resource\nprint(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime >= 0, resource.getpagesize())",
    "sched": "import os, time\nprint(os.sched_getscheduler(0), os.nice(0), time.sleep(0), os.sched_yield())",
}


@pytest.mark.parametrize("name", PROGRAMS)
async def test_what_it_starts_does_what_it_does_under_bare_python(as_bare: Compare, name: str) -> None:
    await as_bare(PROGRAMS[name])
