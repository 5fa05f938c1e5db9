/** Runs on the server: one WebSocket for each, on the address that the page came from. */

import type { Content, Conversation, InputMessage, Listener, Start, Transport } from "../core/transport";
import type { Artifact, Event } from "../core/wire.gen";
import { bearer, EXECUTE, isArtifact, tokenProtocols } from "./api";

const GONE = "The server cannot be reached: it may have been stopped, or the network is down.";
const BROKEN = "The connection to the server broke while the program ran: how it ended is not known.";

/** What waits to be sent may not grow for ever when the server takes nothing. */
const MOST_WAITING_BYTES = 8 << 20;

export class ServerTransport implements Transport {
  readonly where = "sandbox";

  readonly #token: () => string | null;

  /** `token` is asked for each time: it may be given after the page has come. */
  constructor(token: () => string | null) {
    this.#token = token;
  }

  start(start: Start, listener: Listener): Conversation {
    return new SocketConversation(start, listener, this.#token());
  }

  async content({ path, url }: Artifact): Promise<Content> {
    // The token goes along: to where the server keeps such files, and nowhere else.
    if (!isArtifact(url)) return { problem: `${path} cannot be fetched: its link does not lead to this server.` };
    try {
      const response = await fetch(url, { headers: bearer(this.#token()), cache: "no-store", redirect: "error" });
      if (response.ok) return { bytes: new Uint8Array(await response.arrayBuffer()) };
      if (response.status === 404 || response.status === 410)
        return {
          problem: `${path} is not kept any more: the server keeps files for some minutes. Run the program again.`,
        };
      return { problem: `${path} cannot be fetched now: the server answered ${response.status}.` };
    } catch {
      return { problem: `${path} cannot be fetched: the server cannot be reached.` };
    }
  }
}

class SocketConversation implements Conversation {
  readonly #listener: Listener;
  readonly #socket: WebSocket;
  #waiting: InputMessage[] = [];
  #heard = false;
  #over = false;

  constructor(start: Start, listener: Listener, token: string | null) {
    this.#listener = listener;
    const address = new URL(EXECUTE, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.#socket = new WebSocket(address, tokenProtocols(token));
    this.#socket.onopen = () => {
      this.#socket.send(JSON.stringify(start));
      for (const message of this.#waiting) this.#socket.send(JSON.stringify(message));
      this.#waiting = [];
    };
    this.#socket.onmessage = ({ data }) => this.#hear(JSON.parse(String(data)) as Event);
    // An error is always followed by a close.
    this.#socket.onclose = ({ reason }) => this.#lose(reason);
  }

  send(message: InputMessage): void {
    if (this.#over) return;
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#waiting.push(message);
    else if (message.type === "stop" || this.#socket.bufferedAmount < MOST_WAITING_BYTES)
      this.#socket.send(JSON.stringify(message));
  }

  #hear(event: Event): void {
    if (this.#over) return;
    this.#heard = true;
    const last = event.type === "finished" || event.type === "refused";
    if (last) this.#over = true;
    this.#listener.event(event);
    if (last) this.#socket.close();
  }

  #lose(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#heard) this.#listener.lost({ kind: "broken", message: reason || BROKEN });
    else this.#listener.lost({ kind: "unreachable", message: reason || GONE });
  }
}
