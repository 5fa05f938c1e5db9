import { afterEach, expect, it, vi } from "vitest";
import type { InputMessage, Listener, Start } from "../core/transport";
import { ServerTransport } from "./server_transport";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("says to a server that takes nothing for now that the program is to stop, and holds no more of what is typed", () => {
  const sent: string[] = [];
  class FullSocket {
    static readonly CONNECTING = 0;
    readonly readyState = 1;
    readonly bufferedAmount = 8 << 20;
    send(text: string): void {
      sent.push(text);
    }
  }
  vi.stubGlobal("WebSocket", FullSocket);
  vi.stubGlobal("location", new URL("http://127.0.0.1:3001/ide"));
  const listener = {} as Listener;
  const conversation = new ServerTransport(() => null).start({ type: "start", code: "" } as Start, listener);
  const messages: InputMessage[] = [{ type: "stdin", text: "typed" }, { type: "stop" }];
  for (const message of messages) conversation.send(message);
  expect(sent).toEqual([JSON.stringify({ type: "stop" })]);
});
