/** Runs on the server: one WebSocket for each, on the address that the page came from. */

import type { Content, Conversation, InputMessage, Listener, Lost, Start, Transport } from "../core/transport";
import type { Artifact, Event } from "../core/wire.gen";
import { UNSTARTED } from "../core/words";
import { bearer, EXECUTE, isArtifact, tokenProtocols } from "./api";

const GONE = "The server cannot be reached: it may have been stopped, or the network is down.";
const BROKEN = "The connection to the server broke while the program ran: how it ended is not known.";
const SILENT = "The server does not answer: whether the program has ended is not known.";

/** Who takes a connection answers it; but the way may be long, and the machine busy. */
const CONNECT_MS = 10_000;
/** A program that is stopped is killed a second later, and its end may be a long one. */
const STOP_MS = 10_000;
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
  #isStopping = false;
  #over = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(start: Start, listener: Listener, token: string | null) {
    this.#listener = listener;
    const address = new URL(EXECUTE, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.#socket = new WebSocket(address, tokenProtocols(token));
    this.#giveUpIn(CONNECT_MS, { kind: "unreachable", message: GONE });
    this.#socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#socket.send(JSON.stringify(start));
      for (const message of this.#waiting) this.#socket.send(JSON.stringify(message));
      this.#waiting = [];
    };
    this.#socket.onmessage = ({ data }) => this.#hear(JSON.parse(String(data)) as Event);
    // An error is always followed by a close.
    this.#socket.onclose = ({ reason }) =>
      this.#lose(
        this.#heard ? { kind: "broken", message: reason || BROKEN } : { kind: "unreachable", message: reason || GONE },
      );
  }

  send(message: InputMessage): void {
    if (this.#over) return;
    const isStop = message.type === "stop";
    if (this.#socket.readyState === WebSocket.CONNECTING) {
      // The program has not been sent yet.
      if (isStop) this.#giveUp({ kind: "unstarted", message: UNSTARTED });
      else this.#waiting.push(message);
      return;
    }
    if (isStop || this.#socket.bufferedAmount < MOST_WAITING_BYTES) this.#socket.send(JSON.stringify(message));
    if (!isStop || this.#isStopping) return;
    this.#isStopping = true;
    this.#waitForEnd();
  }

  #hear(event: Event): void {
    if (this.#over) return;
    this.#heard = true;
    const last = event.type === "finished" || event.type === "refused";
    if (last) {
      this.#over = true;
      clearTimeout(this.#timer);
    } else if (this.#isStopping) this.#waitForEnd();
    this.#listener.event(event);
    if (last) this.#socket.close();
  }

  /** Of a server that is still there something is heard meanwhile. */
  #waitForEnd(): void {
    this.#giveUpIn(STOP_MS, { kind: "broken", message: SILENT });
  }

  #giveUpIn(milliseconds: number, lost: Lost): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp(lost), milliseconds);
  }

  #giveUp(lost: Lost): void {
    this.#lose(lost);
    this.#socket.close();
  }

  #lose(lost: Lost): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#listener.lost(lost);
  }
}
