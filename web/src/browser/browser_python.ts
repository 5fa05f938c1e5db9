/** Runs programs in the page: CPython on WebAssembly, a fresh interpreter for each, behind the same seam as the server. */

import { bundleOf, charactersOf } from "../core/bundle";
import { MOST_SHOWN, MOST_SHOWN_CHARACTERS } from "../core/feed";
import { pathProblem } from "../core/given";
import { neededBy } from "../core/imports";
import type { Content, Conversation, InputMessage, Listener, Start, Transport } from "../core/transport";
import type { Artifact, FileIn, FinishedEvent } from "../core/wire.gen";
import { besideOf, bytesOf, importedBy } from "./beside";
import type { InputForProgram } from "./input_by_request";
import { Interpreter } from "./interpreter";
import { nameOfInput, type FromWorker, type InputWay, type Left, type Program } from "./messages";
import type { Distribution } from "./distribution";
import { mediaType } from "./media_types";
import { isSnapshotKept } from "./snapshots";

/** Those by which a program can end itself here; signal(7). */
const SIGNALS: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  6: "SIGABRT",
  9: "SIGKILL",
  11: "SIGSEGV",
  14: "SIGALRM",
  15: "SIGTERM",
};
/** As on the server, unless the request says otherwise. */
const OUTPUT_BYTES = 1 << 20;
/** What takes the place of what is there takes no room of a thing. */
const MOST_UPDATES = 2000;
const LONGEST_ID = 100;
const MOST_LEFT = 100;
const MOST_LEFT_BYTES = 128 << 20;

export class BrowserPython implements Transport {
  readonly where = "browser";
  readonly #distribution: Distribution;
  #next: Interpreter | null = null;
  /** Programs are run here, and the next is expected. */
  #isExpected = false;
  /** What the last program made, by address. */
  #made: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map();

  constructor(distribution: Distribution) {
    this.#distribution = distribution;
  }

  get differences(): readonly string[] {
    const shown = this.#distribution.has("matplotlib")
      ? []
      : [
          "No figures and no data frames: matplotlib and pandas are on the server only. Other values, HTML and formulas are shown.",
        ];
    return [
      "No threads, no other processes, no network.",
      ...shown,
      "No limits on time and memory but the browser's own; Stop ends any program at once.",
      "It is slower, several times where much is computed.",
      "Files that it makes are kept until the next run, and only if it ends by itself: not when it is stopped.",
    ];
  }

  get python(): string {
    return this.#distribution.python;
  }

  get packages(): readonly string[] {
    return this.#distribution.packages;
  }

  /** What the program imports, beside these files, and is not here; it would fail. */
  missing(code: string, files: readonly FileIn[]): string[] {
    return neededBy(code, besideOf(files)).filter((module) => !this.#distribution.has(module));
  }

  /** Whether a program can be given input while it runs; else all of it has to be there before. */
  get canAsk(): boolean {
    return wayOfInput("").way !== "before";
  }

  content({ path, url }: Artifact): Promise<Content> {
    const bytes = this.#made.get(url);
    if (bytes !== undefined) return Promise.resolve({ bytes });
    return Promise.resolve({
      problem: `${path} is not kept any more: the browser keeps it only until the next run there.`,
    });
  }

  /** Ours, and not an operator's, which may be on another server. */
  get isShipped(): boolean {
    return this.#distribution.build !== null;
  }

  /** Start an interpreter ahead of the run that will want it. */
  prepare(): void {
    this.#isExpected = true;
    this.#begin();
  }

  /** No run is expected any more. */
  release(): void {
    this.#isExpected = false;
    this.#endNext();
  }

  /**
   * Start one for the sake of its memory, if that is not kept yet: the first run then takes a third of the time. It ends
   * again, unless a run is expected by then.
   */
  async keep(): Promise<void> {
    const { build } = this.#distribution;
    if (build === null || this.#next !== null) return;
    // Of several tabs one does it.
    await navigator.locks.request("snakepen-python", { ifAvailable: true }, async (lock) => {
      if (lock === null || (await isSnapshotKept(build)) || this.#next !== null) return;
      const interpreter = this.#begin();
      await interpreter.ready.catch(() => undefined);
      if (this.#next === interpreter && !this.#isExpected) this.#endNext();
    });
  }

  #begin(): Interpreter {
    if (this.#next !== null) return this.#next;
    const interpreter = new Interpreter(this.#distribution);
    this.#next = interpreter;
    interpreter.ready.catch(() => {
      if (this.#next === interpreter) this.#endNext(); // the run tries anew
    });
    return interpreter;
  }

  #endNext(): void {
    const next = this.#next;
    this.#next = null;
    next?.end();
  }

  start(start: Start, listener: Listener): Conversation {
    const interpreter = this.#begin();
    this.#next = null;
    this.#isExpected = true;
    this.#made = new Map();
    return new BrowserRun(interpreter, start, listener, (made) => {
      this.#made = made;
      if (this.#isExpected) this.#begin();
    });
  }
}

type Ending = Pick<FinishedEvent, "status" | "return_code"> & { readonly limit?: FinishedEvent["limit"] };

/** Told what it made, by address. */
type After = (made: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) => void;

class BrowserRun implements Conversation {
  readonly #id = `run_${crypto.getRandomValues(new Uint8Array(16)).reduce((text, byte) => text + byte.toString(16).padStart(2, "0"), "")}`;
  readonly #interpreter: Interpreter;
  readonly #listener: Listener;
  readonly #after: After;
  readonly #most: number;
  readonly #input: InputWay;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  readonly #texts = { stdout: "", stderr: "" };
  readonly #counts = { stdout: 0, stderr: 0 };
  readonly #dropped = { stdout: 0, stderr: 0 };
  readonly #shown: Record<string, string>[] = [];
  readonly #shownAfter: number[] = [];
  #left = { things: MOST_SHOWN, characters: MOST_SHOWN_CHARACTERS };
  #leftOfUpdates = { things: MOST_UPDATES, characters: MOST_SHOWN_CHARACTERS };
  /** Those that an update may name. */
  readonly #displayIds = new Set<string>();
  /** Of standard output so far, as Python counts them. */
  #characters = 0;
  #shownDropped = 0;
  /** Of input by request: what was given, until what comes after it is asked for, and the number of the next. */
  readonly #given = new Map<number, Uint8Array | null>();
  #nextGiven = 0;
  #waitedFor = 0;
  #begun = 0;
  #over = false;

  constructor(interpreter: Interpreter, start: Start, listener: Listener, after: After) {
    this.#interpreter = interpreter;
    this.#listener = listener;
    this.#after = after;
    this.#input = wayOfInput(this.#id);
    this.#most = start.limits?.output_bytes ?? OUTPUT_BYTES;
    interpreter.hear = (message) => this.#hear(message);
    interpreter.fail = (message) => this.#lose(message);
    interpreter.ready.then(
      () => {
        if (!this.#over) interpreter.tell({ kind: "run", program: this.#program(start) });
      },
      (reason: Error) => this.#lose(reason.message),
    );
  }

  #program(start: Start): Program {
    const files = start.files ?? [];
    const { python, modules } = importedBy(start.code, files);
    const first = start.stdin ?? "";
    if (this.#input.way !== "before" && first !== "") this.send({ type: "stdin", text: first });
    return {
      code: start.code,
      args: start.args ?? [],
      env: start.env ?? {},
      files: files.map((file) => ({ path: file.path, content: bytesOf(file) })),
      python,
      archives: this.#interpreter.distribution.archivesFor?.(modules) ?? null,
      display: start.display ?? false,
      input: this.#input.way === "before" ? { way: "before", text: first } : this.#input,
    };
  }

  send(message: InputMessage): void {
    if (this.#over) return;
    switch (message.type) {
      case "stdin":
        if (message.text !== "") this.#give(new TextEncoder().encode(message.text));
        break;
      case "stdin_eof":
        this.#give(null);
        break;
      // Nothing reaches a program that computes in a worker: it can only be ended, which is what both are for.
      case "signal":
      case "stop":
        this.#end({ status: "stopped", return_code: -9 });
        break;
      case "resize":
    }
  }

  #give(data: Uint8Array | null): void {
    if (this.#input.way !== "request") {
      this.#interpreter.tell({ kind: "input", data });
      return;
    }
    const number = this.#nextGiven++;
    this.#given.set(number, data);
    tellServiceWorker({ run: nameOfInput(this.#id, number), data });
  }

  /** Nothing before it is wanted any more; itself it is given anew: what was given once may be lost. */
  #waits(number: number): void {
    this.#waitedFor = number;
    for (const earlier of this.#given.keys()) if (earlier < number) this.#forget(earlier);
    const data = this.#given.get(number);
    if (data !== undefined) tellServiceWorker({ run: nameOfInput(this.#id, number), data });
  }

  #forget(number: number): void {
    this.#given.delete(number);
    tellServiceWorker({ run: nameOfInput(this.#id, number) });
  }

  #close(): void {
    this.#over = true;
    this.#interpreter.end();
    if (this.#input.way === "request")
      for (const number of new Set([this.#waitedFor, ...this.#given.keys()])) this.#forget(number);
  }

  #hear(message: FromWorker): void {
    if (this.#over) return;
    switch (message.kind) {
      case "started":
        this.#begun = performance.now();
        this.#listener.event({ type: "started", id: this.#id, environment: "browser", where: "browser" });
        break;
      case "output":
        this.#wrote(message.stream, message.data);
        break;
      case "asking":
        this.#listener.event({ type: "input_requested", prompt: message.prompt });
        break;
      case "waiting":
        if (this.#input.way === "request") this.#waits(message.number);
        break;
      case "shown":
        this.#showed(message.bundle, message.displayId, message.updateOf);
        break;
      case "ended":
        this.#end({ status: "completed", return_code: message.code }, message.left, message.skipped);
    }
  }

  #wrote(stream: "stdout" | "stderr", data: Uint8Array): void {
    const kept = data.subarray(0, Math.max(0, this.#most - this.#counts[stream]));
    this.#counts[stream] += kept.length;
    this.#dropped[stream] += data.length - kept.length;
    this.#tell(stream, this.#decoders[stream].decode(kept, { stream: true }));
    if (kept.length < data.length) this.#end({ status: "output_limit", return_code: -9, limit: "output_bytes" });
  }

  /** Of what comes from a program nothing is believed but that it is one. */
  #showed(sent: unknown, displayId: unknown, updateOf: unknown): void {
    const bundle = bundleOf(sent);
    const id = (given: unknown): string | null => (typeof given === "string" ? given.slice(0, LONGEST_ID) : null);
    const name = id(updateOf) ?? id(displayId);
    const isUpdate = updateOf === name && name !== null && this.#displayIds.has(name);
    const left = isUpdate ? this.#leftOfUpdates : this.#left;
    const characters = bundle === null ? 0 : charactersOf(bundle);
    if (bundle === null || left.things === 0 || characters > left.characters) {
      this.#shownDropped += 1;
      return;
    }
    left.things -= 1;
    left.characters -= characters;
    if (name !== null && !isUpdate) this.#displayIds.add(name);
    this.#shown.push({ ...bundle });
    this.#shownAfter.push(this.#characters);
    const event = {
      type: "display",
      bundle: { ...bundle },
      display_id: id(displayId),
      update_of: id(updateOf),
    } as const;
    this.#listener.event(event);
  }

  #made(left: readonly Left[]): { artifacts: Artifact[]; contents: Map<string, Uint8Array<ArrayBuffer>> } {
    const artifacts: Artifact[] = [];
    const contents = new Map<string, Uint8Array<ArrayBuffer>>();
    let bytes = 0;
    const all: readonly Left[] = Array.isArray(left) ? left : [];
    for (const { path, content } of all.slice(0, MOST_LEFT)) {
      if (typeof path !== "string" || !(content instanceof Uint8Array) || pathProblem(path, []) !== null) continue;
      bytes += content.length;
      if (bytes > MOST_LEFT_BYTES) break;
      const url = `browser:${this.#id}/${encodeURIComponent(path)}`; // of no use but to ask us for it
      contents.set(url, content);
      artifacts.push({ path, size: content.length, media_type: mediaType(path), url });
    }
    return { artifacts, contents };
  }

  #tell(stream: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    this.#texts[stream] += text;
    if (stream === "stdout") for (const _ of text) this.#characters += 1;
    this.#listener.event({ type: stream, text });
  }

  #end(
    { status, return_code, limit = null }: Ending,
    left: readonly Left[] = [],
    skipped: Readonly<Record<string, number>> = {},
  ): void {
    if (this.#over) return;
    const { artifacts, contents } = this.#made(left);
    for (const stream of ["stdout", "stderr"] as const) this.#tell(stream, this.#decoders[stream].decode());
    this.#close();
    for (const artifact of artifacts) this.#listener.event({ type: "artifact", ...artifact });
    this.#listener.event({
      type: "finished",
      success: status === "completed" && return_code === 0,
      output: this.#texts.stdout,
      error: this.#texts.stderr,
      status,
      return_code,
      id: this.#id,
      signal: return_code !== null && return_code < 0 ? (SIGNALS[-return_code] ?? `SIG${-return_code}`) : null,
      limit,
      executed: true,
      duration_ms: this.#begun === 0 ? 0 : performance.now() - this.#begun,
      usage: { cpu_ms: null, peak_memory_bytes: null, whole: false },
      truncated: {
        output_bytes_dropped: this.#dropped.stdout,
        error_bytes_dropped: this.#dropped.stderr,
        display_dropped: this.#shownDropped,
      },
      display: this.#shown,
      display_after: this.#shownAfter,
      artifacts,
      artifacts_skipped: skipped,
      where: "browser",
      environment: "browser",
    });
    this.#after(contents);
  }

  #lose(reason: string): void {
    if (this.#over) return;
    this.#close();
    const message = `Python in this browser failed, which is not the program's fault: ${reason}`;
    this.#listener.lost({ kind: this.#begun === 0 ? "unreachable" : "broken", message });
  }
}

/** JavaScript Promise Integration, or a service worker that controls this page, or neither. */
function wayOfInput(run: string): InputWay {
  if ("Suspending" in WebAssembly) return { way: "suspend" };
  if (navigator.serviceWorker?.controller != null) return { way: "request", run };
  return { way: "before", text: "" };
}

function tellServiceWorker(message: InputForProgram): void {
  navigator.serviceWorker.controller?.postMessage(message);
}
