import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { settled } from "../core/testing";
import { generate, type DraftListener } from "./generation";

/** A server that says what a test lets it say. */
class Server {
  signal: AbortSignal | null | undefined;
  #body!: ReadableStreamDefaultController<Uint8Array>;

  readonly fetch = (_: string, { signal }: RequestInit): Promise<Response> => {
    this.signal = signal;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (this.#body = controller) });
    signal?.addEventListener("abort", () => this.#body.error(new DOMException("gone", "AbortError")));
    return Promise.resolve(new Response(body));
  };

  async says(text: string): Promise<void> {
    this.#body.enqueue(new TextEncoder().encode(text));
    await settled();
  }

  async ends(): Promise<void> {
    this.#body.close();
    await settled();
  }
}

function listener(): { heard: string[]; listener: DraftListener } {
  const heard: string[] = [];
  return {
    heard,
    listener: {
      event: ({ type }) => heard.push(type),
      refused: ({ code }) => heard.push(`refused: ${code}`),
      lost: (message) => heard.push(`lost: ${message}`),
    },
  };
}

const SILENT = "lost: The server has not said anything for a minute, so I stopped waiting.";
const CODE = 'event: code\ndata: {"type": "code", "delta": "x"}\n\n';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  const waiting = vi.getTimerCount();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  expect(waiting).toBe(0);
});

async function asked(): Promise<{ server: Server; heard: string[]; hangUp: () => void }> {
  const server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  const { heard, listener: one } = listener();
  const hangUp = generate({ prompt: "a clock" }, null, one);
  await settled();
  return { server, heard, hangUp };
}

it("waits for a minute of silence and no longer, and hangs up then", async () => {
  const { server, heard } = await asked();
  await server.says(CODE);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(heard).toEqual(["code"]);
  expect(server.signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual(["code", SILENT]);
  expect(server.signal?.aborted).toBe(true);
});

it("hears in a comment that somebody is there, though the model says nothing", async () => {
  const { server, heard } = await asked();
  for (let count = 0; count < 20; count++) {
    await vi.advanceTimersByTimeAsync(15_000);
    await server.says(": still here\n\n");
  }
  expect(heard).toEqual([]);
  await server.says('event: done\ndata: {"type": "done"}\n\n');
  await server.ends();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(heard).toEqual(["done"]);
});

it("does not wait for ever for a server that takes the request and says nothing", async () => {
  vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => {
    return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));
  });
  const { heard, listener: one } = listener();
  generate({ prompt: "a clock" }, null, one);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual([SILENT]);
});

it("says when the connection breaks off, and that nothing was there when it was none", async () => {
  const { server, heard } = await asked();
  await server.says(CODE);
  await server.ends();
  expect(heard).toEqual(["code", "lost: The connection to the server broke before the program was whole."]);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
  const second = listener();
  generate({ prompt: "a clock" }, null, second.listener);
  await settled();
  expect(second.heard).toEqual([expect.stringMatching(/^lost: The server cannot be reached/)]);
});

it("tells nothing any more to who hung up", async () => {
  const { server, heard, hangUp } = await asked();
  hangUp();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(heard).toEqual([]);
  expect(server.signal?.aborted).toBe(true);
});

it("hangs up on a server whose words it does not understand", async () => {
  const { server, heard } = await asked();
  await server.says(CODE);
  await server.says('event: code\ndata: {"type": "co\n\n');
  expect(heard).toEqual(["code", "lost: The connection to the server broke before the program was whole."]);
  expect(server.signal?.aborted).toBe(true);
});

it("reports a fault of who listens, blames nobody else for it and tells the rest", async () => {
  const reported: unknown[] = [];
  vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
  const server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  const { heard, listener: one } = listener();
  const event = (told: Parameters<DraftListener["event"]>[0]): void => {
    one.event(told);
    throw new Error(`of ${told.type}`);
  };
  generate({ prompt: "a clock" }, null, { ...one, event });
  await settled();
  await server.says(CODE);
  await server.says('event: done\ndata: {"type": "done"}\n\n');
  await server.ends();
  expect(heard).toEqual(["code", "done"]);
  expect(reported).toEqual([new Error("of code"), new Error("of done")]);
});
