import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Conversation, Start } from "../core/transport";
import { BrowserPython } from "./browser_python";
import type { Distribution } from "./distribution";
import type { FromWorker, ToWorker } from "./messages";
import { isSnapshotKept } from "./snapshots";

/** What a browser has, as far as the start of an interpreter goes. */
class FakeWorker {
  static all: FakeWorker[] = [];
  static get alive(): FakeWorker[] {
    return FakeWorker.all.filter((worker) => !worker.ended);
  }

  readonly told: ToWorker[] = [];
  ended = false;
  onmessage: (event: { data: FromWorker }) => void = () => undefined;
  onerror: (event: { message: string; preventDefault(): void }) => void = () => undefined;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    this.told.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  says(data: FromWorker): void {
    this.onmessage({ data });
  }
}

let kept: Map<string, Uint8Array>;
let held: Set<string>;

const cache = {
  match: (address: string): Promise<Response | undefined> =>
    Promise.resolve(kept.has(address) ? new Response(kept.get(address) as BodyInit) : undefined),
  put: async (address: string, response: Response): Promise<void> => {
    kept.set(address, new Uint8Array(await response.arrayBuffer()));
  },
  keys: (): Promise<{ url: string }[]> =>
    Promise.resolve([...kept.keys()].map((address) => ({ url: `https://it.example${address}` }))),
  delete: ({ url }: { url: string }): Promise<boolean> => Promise.resolve(kept.delete(new URL(url).pathname)),
};
const locks = {
  request: async (name: string, _: unknown, work: (lock: object | null) => Promise<void>): Promise<void> => {
    if (held.has(name)) return work(null);
    held.add(name);
    await work({}).finally(() => held.delete(name));
  },
};

function distribution(build: string | null): Distribution {
  return { python: "3.14", base: "", build, packages: [], has: () => true, archivesFor: () => [] };
}

/** A program, of which nobody hears. */
function run(page: BrowserPython, program: Partial<Start> = {}): Conversation {
  return page.start({ type: "start", code: "", ...program }, { event: () => undefined, lost: () => undefined });
}

/** The newest, when it has been told to begin. */
const begun = (): Promise<FakeWorker> =>
  vi.waitFor(() => {
    const worker = FakeWorker.all.at(-1);
    if (worker === undefined || worker.told.length === 0) throw new Error("none has begun");
    return worker;
  });

async function started(): Promise<void> {
  (await begun()).says({ kind: "ready", snapshot: Uint8Array.of(1, 2, 3) });
}

let build: string;

beforeEach((test) => {
  build = test.task.id; // what one test keeps is not there for another
  kept = new Map();
  held = new Set();
  FakeWorker.all = [];
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("caches", { open: () => Promise.resolve(cache) });
  vi.stubGlobal("navigator", { locks });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it("starts Python once for its memory, in one of several tabs, and ends it again", async () => {
  kept.set("/ide/python-snapshot-of-another-build", Uint8Array.of(0));
  const pages = [new BrowserPython(distribution(build)), new BrowserPython(distribution(build))];
  const keeping = pages.map((page) => page.keep());
  await started();
  await Promise.all(keeping);
  expect(FakeWorker.all.length).toBe(1);
  expect(FakeWorker.alive).toEqual([]);
  await vi.waitFor(() => expect([...kept.values()]).toEqual([Uint8Array.of(1, 2, 3)]));
  await Promise.all(pages.map((page) => page.keep()));
  expect(FakeWorker.all.length).toBe(1);
});

it("begins from that memory", async () => {
  const page = new BrowserPython(distribution(build));
  const keeping = page.keep();
  await started();
  await keeping;
  await vi.waitFor(() => expect(kept.size).toBe(1));
  FakeWorker.all = [];
  page.prepare();
  expect((await begun()).told).toMatchObject([{ kind: "boot", snapshot: Uint8Array.of(1, 2, 3), makeSnapshot: false }]);
  expect(FakeWorker.alive.length).toBe(1);
});

it("keeps the one that was begun for its memory where a run is expected by then", async () => {
  const page = new BrowserPython(distribution(build));
  const keeping = page.keep();
  await begun();
  page.prepare();
  await started();
  await keeping;
  expect(FakeWorker.alive).toEqual(FakeWorker.all);
  run(page);
  await vi.waitFor(() => expect(FakeWorker.all[0]?.told.map((message) => message.kind)).toEqual(["boot", "run"]));
  expect(FakeWorker.all.length).toBe(1);
});

it("gives the one that is begun for its memory to a run, and leaves it alone then", async () => {
  const page = new BrowserPython(distribution(build));
  const keeping = page.keep();
  await begun();
  run(page);
  await started();
  await keeping;
  expect(FakeWorker.all.map((worker) => worker.ended)).toEqual([false]);
  expect(held.size).toBe(0);
});

it("waits for nothing when it is ended before it was ready", async () => {
  const page = new BrowserPython(distribution(build));
  const keeping = page.keep();
  await begun();
  page.release();
  await keeping;
  expect([FakeWorker.alive, held.size, await isSnapshotKept(build)]).toEqual([[], 0, false]);
});

it("ends what could not start, and tries anew for the run", async () => {
  const page = new BrowserPython(distribution(build));
  page.prepare();
  (await begun()).says({ kind: "failed", message: "it was not to be had" });
  await vi.waitFor(() => expect(FakeWorker.alive).toEqual([]));
  run(page);
  expect(FakeWorker.alive.length).toBe(1);
});

it("starts the next when a run has ended, unless none is expected any more", async () => {
  const page = new BrowserPython(distribution(build));
  for (const isExpected of [true, false]) {
    FakeWorker.all = [];
    page.release();
    run(page);
    await started();
    if (!isExpected) page.release();
    FakeWorker.all[0]?.says({ kind: "ended", code: 0, left: [], skipped: {} });
    expect(FakeWorker.alive.length).toBe(isExpected ? 1 : 0);
  }
});

it("does without a package what the files beside the program have, and unpacks what those import", async () => {
  const has = (module: string): boolean => module === "bs4";
  const archivesFor = (modules: readonly string[]): string[] => modules.filter(has);
  const page = new BrowserPython({ ...distribution(build), has, archivesFor });
  const helper = { path: "helper.py", content: null, content_base64: btoa("import bs4\nWORDS = 'h\u00c3\u00a9'") };
  const files = [helper, { path: "data/x.csv", content: "import", content_base64: null }];
  expect(page.missing("import helper, data", [])).toEqual(["helper", "data"]);
  expect(page.missing("import helper, data, numpy", files)).toEqual(["numpy"]);
  run(page, { code: "import helper", files });
  await started();
  const program = await vi.waitFor(() => {
    const told = FakeWorker.all[0]?.told.find((message) => message.kind === "run");
    if (told?.kind !== "run") throw new Error("it does not run");
    return told.program;
  });
  expect(program.archives).toEqual(["bs4"]);
  expect(program.python).toEqual(["import helper", "import bs4\nWORDS = 'h\u00e9'"]);
});

it("starts an operator's only for who wants it", async () => {
  const page = new BrowserPython(distribution(null));
  await page.keep();
  expect([page.isShipped, FakeWorker.all]).toEqual([false, []]);
  page.prepare();
  await started();
  page.release();
  expect([FakeWorker.alive, kept.size]).toEqual([[], 0]);
});

it("gives input anew to a service worker that was ended meanwhile, until the next is waited for", async () => {
  const told: { run: string; data?: Uint8Array | null }[] = [];
  const controller = { postMessage: (message: (typeof told)[number]) => told.push(message) };
  vi.stubGlobal("navigator", { locks, serviceWorker: { controller } });
  vi.stubGlobal("WebAssembly", {});
  const page = new BrowserPython(distribution(null));
  const conversation = run(page);
  await started();
  const says = (number: number): void => FakeWorker.all[0]?.says({ kind: "waiting", number });
  const inputs = (): string[] => {
    const said = told.map(
      ({ run, data }) => `${run.split("/")[1]}: ${data == null ? data : new TextDecoder().decode(data)}`,
    );
    told.length = 0;
    return said;
  };
  conversation.send({ type: "stdin", text: "a" });
  conversation.send({ type: "stdin", text: "b" });
  expect(inputs()).toEqual(["0: a", "1: b"]);
  says(0);
  says(0);
  expect(inputs()).toEqual(["0: a", "0: a"]);
  says(1);
  expect(inputs()).toEqual(["0: undefined", "1: b"]);
  says(2);
  expect(inputs()).toEqual(["1: undefined"]);
  conversation.send({ type: "stdin_eof" });
  expect(inputs()).toEqual(["2: null"]);
  FakeWorker.all[0]?.says({ kind: "ended", code: 0, left: [], skipped: {} });
  expect(inputs().sort()).toEqual(["2: undefined"]);
  says(2);
  expect(told).toEqual([]);
});
