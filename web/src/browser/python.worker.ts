/** CPython, compiled to WebAssembly, in a worker of its own: for one program. */

import { loadPyodide, type PyodideInterface } from "pyodide";
import { collect, type FileSystem } from "./collect";
import { PARTS } from "./display";
import { waitForInput } from "./input_by_request";
import hostSource from "./host.py?raw";
import { nameOfInput, type FromWorker, type Program, type ToWorker } from "./messages";

/** Pyodide's own, and not promised by it: without them the start is slow and nothing else is lost. */
type Snapshots = { _makeSnapshot?: boolean; _loadSnapshot?: Uint8Array };
type WithSnapshots = PyodideInterface & { makeMemorySnapshot?: () => Uint8Array };

const WORKSPACE = "/workspace";
let pyodide: WithSnapshots | null = null;
let base = "";
let waiting: ((data: Uint8Array | null) => void) | null = null;
const input: (Uint8Array | null)[] = [];

const post = self.postMessage.bind(self);

function say(message: FromWorker, transfer: Transferable[] = []): void {
  post(message, { transfer });
}

/**
 * Ways from a program, by Python's bridge to JavaScript, to what belongs to the page: what it keeps in this browser, the
 * server that it came from, and the page itself, to which a program could pretend to be us.
 */
const OF_THE_PAGE = [
  ...["caches", "indexedDB", "navigator", "cookieStore", "postMessage", "close", "BroadcastChannel", "MessageChannel"],
  ...["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "Request"],
  ...["Worker", "SharedWorker", "importScripts", "onmessage", "addEventListener", "dispatchEvent", "reportError"],
];

function takeAway(): void {
  for (let scope: object | null = self; scope !== null; scope = Object.getPrototypeOf(scope) as object | null)
    for (const name of OF_THE_PAGE) if (name !== "onmessage" || scope !== self) Reflect.deleteProperty(scope, name);
}

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  switch (data.kind) {
    case "boot":
      boot(data).catch(fail);
      break;
    case "run":
      run(data.program).catch(fail);
      break;
    case "input":
      if (waiting === null) input.push(data.data);
      else {
        const hear = waiting;
        waiting = null;
        hear(data.data);
      }
  }
};

function fail(reason: unknown): void {
  say({ kind: "failed", message: reason instanceof Error ? reason.message : String(reason) });
}

async function boot({
  base: from,
  isOurs,
  snapshot,
  makeSnapshot,
}: Extract<ToWorker, { kind: "boot" }>): Promise<void> {
  base = from;
  const options: Snapshots =
    snapshot !== null ? { _loadSnapshot: snapshot } : makeSnapshot ? { _makeSnapshot: true } : {};
  const load = isOurs ? loadPyodide : await loaderAt(base);
  const start = (more: Snapshots): Promise<PyodideInterface> =>
    load({ indexURL: base, env: {}, ...more } as Parameters<typeof loadPyodide>[0]);
  let fresh = makeSnapshot;
  try {
    pyodide = await start(options);
  } catch (failure) {
    if (snapshot === null) throw failure;
    fresh = true; // what was kept is of no use: a new one takes its place
    pyodide = await start({ _makeSnapshot: true });
  }
  const made = fresh ? (pyodide.makeMemorySnapshot?.() ?? null) : null;
  say({ kind: "ready", snapshot: made }, made === null ? [] : [made.buffer as ArrayBuffer]);
}

/** A distribution and its loader are of one version. */
async function loaderAt(place: string): Promise<typeof loadPyodide> {
  const loader = (await import(/* @vite-ignore */ `${place}pyodide.mjs`)) as { loadPyodide: typeof loadPyodide };
  return loader.loadPyodide;
}

function take(): Promise<Uint8Array | null> {
  const next = input.shift();
  if (next !== undefined) return Promise.resolve(next);
  return new Promise((hear) => {
    waiting = hear;
  });
}

async function run(program: Program): Promise<void> {
  if (pyodide === null) throw new Error("Python has not been started");
  const { FS } = pyodide;
  FS.mkdirTree(WORKSPACE);
  FS.writeFile(`${WORKSPACE}/main.py`, program.code);
  for (const file of program.files) {
    const place = `${WORKSPACE}/${file.path}`;
    FS.mkdirTree(place.slice(0, place.lastIndexOf("/")));
    FS.writeFile(place, file.content);
  }
  const quiet = { messageCallback: () => undefined };
  if (program.archives === null) for (const text of program.python) await pyodide.loadPackagesFromImports(text, quiet);
  for (const name of program.archives ?? []) {
    const answer = await fetch(new URL(name, base));
    if (!answer.ok) throw new Error(`the package ${name} could not be loaded`);
    pyodide.unpackArchive(await answer.arrayBuffer(), "zip", { extractDir: sitePackages(pyodide) });
  }
  const given = program.input;
  if (given.way === "before") input.push(new TextEncoder().encode(given.text), null);
  const host = pyodide.toPy({});
  pyodide.runPython(hostSource, { globals: host, filename: "<host>" });
  host.set("_send", (number: number, data: { toJs(): Uint8Array; destroy(): void }) => {
    const copy = data.toJs().slice();
    data.destroy();
    say({ kind: "output", stream: number === 1 ? "stdout" : "stderr", data: copy }, [copy.buffer]);
  });
  // What is written past Python's streams, by os.write.
  for (const [stream, set] of [
    ["stdout", pyodide.setStdout.bind(pyodide)],
    ["stderr", pyodide.setStderr.bind(pyodide)],
  ] as const)
    set({
      write: (data) => {
        say({ kind: "output", stream, data: data.slice() });
        return data.length;
      },
      isatty: true,
    });
  host.set(
    "_showed",
    (bundle: { toJs(how: object): unknown; destroy(): void }, displayId: unknown, updateOf: unknown) => {
      say({ kind: "shown", bundle: bundle.toJs({ dict_converter: Object.fromEntries }), displayId, updateOf });
      bundle.destroy();
    },
  );
  const end = (code: number): void => {
    const given = new Map(program.files.map((file) => [file.path, file.content]));
    const { left, skipped } = collect(FS as FileSystem, WORKSPACE, given);
    say(
      { kind: "ended", code, left, skipped },
      left.map((file) => file.content.buffer),
    );
  };
  host.set("_end", end);
  host.set("_asked", (prompt: string) => say({ kind: "asking", prompt }));
  // Python's None is JavaScript's undefined; null has a type of its own there.
  host.set("_take_later", async () => (await take()) ?? undefined);
  let taken = 0;
  const request = (run: string): Uint8Array | null => {
    const number = taken++;
    return waitForInput(nameOfInput(run, number), () => say({ kind: "waiting", number }));
  };
  host.set("_take_now", () => (given.way === "request" ? request(given.run) : input.shift()) ?? undefined);
  host.set("_args", pyodide.toPy([...program.args]));
  host.set("_env", pyodide.toPy({ ...program.env }));
  host.set("_suspends", given.way === "suspend");
  host.set("_parts", pyodide.toPy(program.display ? PARTS : {}));
  takeAway();
  say({ kind: "started" });
  const code = (await pyodide.runPythonAsync(ENTRY, { globals: host, filename: "<host>" })) as number;
  end(code);
}

const ENTRY = `
from pyodide.ffi import run_sync as _run_sync
def _take():
    given = _run_sync(_take_later()) if _suspends else _take_now()
    return None if given is None else given.to_bytes()
run(set_up(_send, _showed, _take, _asked, _end, _args, _env, _parts))
`;

function sitePackages(python: PyodideInterface): string {
  return python.runPython("import site; site.getsitepackages()[0]") as string;
}
