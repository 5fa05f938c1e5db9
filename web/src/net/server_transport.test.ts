import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Conversation, InputMessage, Listener } from "../core/transport";
import type { Event } from "../core/wire.gen";
import { ServerTransport } from "./server_transport";

/** Of a server that says what a test lets it say. */
class Socket {
  static readonly CONNECTING = 0;
  static last: Socket;
  readyState = Socket.CONNECTING;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  isClosed = false;
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: (event: { reason: string }) => void = () => undefined;

  constructor() {
    Socket.last = this;
  }

  send(text: string): void {
    this.sent.push((JSON.parse(text) as { type: string }).type);
  }

  close(): void {
    this.isClosed = true;
    this.onclose({ reason: "" });
  }

  opens(): void {
    this.readyState = 1;
    this.onopen();
  }

  says(event: Partial<Event>): void {
    this.onmessage({ data: JSON.stringify(event) });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("location", new URL("http://127.0.0.1:3001/ide"));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function started(): { socket: Socket; conversation: Conversation; heard: string[] } {
  const heard: string[] = [];
  const listener: Listener = {
    event: ({ type }) => heard.push(type),
    lost: ({ kind, message }) => heard.push(`${kind}: ${message}`),
  };
  const conversation = new ServerTransport(() => null).start({ type: "start", code: "" }, listener);
  return { socket: Socket.last, conversation, heard };
}

const SILENT = "broken: The server does not answer: whether the program has ended is not known.";
const STARTED = { type: "started" } as const;

it("says to a server that takes nothing for now that the program is to stop, and holds no more of what is typed", () => {
  const { socket, conversation } = started();
  socket.opens();
  socket.bufferedAmount = 8 << 20;
  const messages: InputMessage[] = [{ type: "stdin", text: "typed" }, { type: "stop" }];
  for (const message of messages) conversation.send(message);
  expect(socket.sent).toEqual(["start", "stop"]);
});

it("sends what was typed meanwhile when the server has taken the connection", () => {
  const { socket, conversation, heard } = started();
  conversation.send({ type: "stdin", text: "typed" });
  socket.opens();
  vi.advanceTimersByTime(60_000); // a program may think for longer than a server may be silent
  expect([socket.sent, socket.isClosed, heard]).toEqual([["start", "stdin"], false, []]);
});

it("never starts what was stopped before the server had taken the connection", () => {
  const { socket, conversation, heard } = started();
  conversation.send({ type: "stop" });
  expect(heard).toEqual(["unstarted: Stopped before it was started."]);
  expect([socket.isClosed, socket.sent, vi.getTimerCount()]).toEqual([true, [], 0]);
});

it("takes a server that does not take the connection for one that cannot be reached", () => {
  const { socket, heard } = started();
  vi.advanceTimersByTime(9_999);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual([expect.stringMatching(/^unreachable: The server cannot be reached/)]);
  expect(socket.isClosed).toBe(true);
});

it("waits for the end of what was stopped as long as anything is heard of it, and then no longer", () => {
  const { socket, conversation, heard } = started();
  socket.opens();
  socket.says(STARTED);
  conversation.send({ type: "stop" });
  vi.advanceTimersByTime(9_999);
  socket.says({ type: "terminal", text: "tidying up" });
  vi.advanceTimersByTime(9_000);
  conversation.send({ type: "stop" }); // asked again, it does not begin to wait anew
  vi.advanceTimersByTime(999);
  expect(heard).toEqual(["started", "terminal"]);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(["started", "terminal", SILENT]);
  expect(socket.isClosed).toBe(true);
});

it("is not sure that a program did not run which the server was sent and never spoke of", () => {
  const { socket, conversation, heard } = started();
  socket.opens();
  conversation.send({ type: "stop" });
  vi.advanceTimersByTime(10_000);
  expect(heard).toEqual([SILENT]);
});

it("waits for nothing any more when the last was heard", () => {
  const { socket, conversation, heard } = started();
  socket.opens();
  socket.says(STARTED);
  conversation.send({ type: "stop" });
  socket.says({ type: "finished" });
  vi.advanceTimersByTime(60_000);
  expect([heard, vi.getTimerCount()]).toEqual([["started", "finished"], 0]);
});
