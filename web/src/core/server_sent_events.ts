/** Server-sent events out of a stream of text that may be cut anywhere, with comments and any kind of line end. */

export interface SentEvent {
  readonly type: string;
  readonly data: string;
}

export class EventReader {
  #rest = "";
  #type = "";
  #data: string[] = [];
  /** The text before ended with a carriage return: a line feed that follows belongs to it. */
  #afterReturn = false;

  /** The events that are whole with this piece. */
  feed(piece: string): SentEvent[] {
    if (piece === "") return [];
    let text = this.#rest + (this.#afterReturn && piece.startsWith("\n") ? piece.slice(1) : piece);
    this.#afterReturn = text.endsWith("\r");
    const events: SentEvent[] = [];
    for (let end = text.search(/[\r\n]/); end !== -1; end = text.search(/[\r\n]/)) {
      const event = this.#line(text.slice(0, end));
      if (event !== null) events.push(event);
      text = text.slice(text.startsWith("\r\n", end) ? end + 2 : end + 1);
    }
    this.#rest = text;
    return events;
  }

  #line(line: string): SentEvent | null {
    if (line === "") {
      const event = this.#data.length === 0 ? null : { type: this.#type || "message", data: this.#data.join("\n") };
      this.#type = "";
      this.#data = [];
      return event;
    }
    const [, name, value] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? [];
    if (name === "event") this.#type = value ?? "";
    if (name === "data") this.#data.push(value ?? "");
    return null;
  }
}
