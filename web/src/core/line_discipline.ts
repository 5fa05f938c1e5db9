/**
 * What a terminal driver does for a program that has no terminal: keys become a line that can be edited, each is
 * echoed, and the line is handed over whole. Without it, input to a program with pipes could neither be seen nor mended.
 * It is small on purpose: what programs with a real terminal get is the kernel's.
 */
export interface LineDisciplineOptions {
  /** Show this on the screen. */
  echo(text: string): void;
  /** A whole line, with its newline, or the rest that Ctrl-D handed over. */
  send(text: string): void;
  /** Ctrl-D on an empty line. */
  endOfInput(): void;
  /** Ctrl-C. */
  interrupt(): void;
}

/** Not in Firefox before 125: there Backspace takes away one part of a joined character after the other. */
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;
/** Two columns in a terminal: East Asian wide and full width, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** None: what joins the character before it. */
const JOINED = /[\p{M}\p{Cf}]/u;
const TAB = "    ";
const LONGEST_LINE = 64 * 1024;

export class LineDiscipline {
  readonly #options: LineDisciplineOptions;
  /** What a person sees as characters, each of which Backspace takes away as one. */
  #line: string[] = [];
  #length = 0;

  constructor(options: LineDisciplineOptions) {
    this.#options = options;
  }

  /** What the keyboard, or a paste, gave. */
  type(data: string): void {
    // Keys that move the cursor are sequences; there is no such editing here, and they are no text either.
    // eslint-disable-next-line no-control-regex -- sequences begin with a control character
    const text = data.replace(/\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?/gs, "").replace(/\r\n?/g, "\n");
    if (segmenter === null) for (const character of text) this.#key(character);
    else for (const { segment } of segmenter.segment(text)) this.#key(segment);
  }

  /** Forget the line: another program starts. */
  reset(): void {
    this.#line = [];
    this.#length = 0;
  }

  #key(key: string): void {
    const { echo, send, endOfInput, interrupt } = this.#options;
    switch (key) {
      case "\n":
        echo("\r\n");
        this.#handOver(send, "\n");
        return;
      case "\x7f":
      case "\b":
        this.#erase();
        return;
      case "\x15": // Ctrl-U
        while (this.#line.length > 0) this.#erase();
        return;
      case "\x03":
        echo("^C\r\n");
        this.reset();
        interrupt();
        return;
      case "\x04":
        if (this.#line.length > 0) this.#handOver(send, "");
        else endOfInput();
        return;
      default:
        // A tab is text; other control characters are keys that mean nothing here.
        if ((key < " " && key !== "\t") || this.#length + key.length > LONGEST_LINE) return;
        this.#line.push(key);
        this.#length += key.length;
        echo(key === "\t" ? TAB : key);
    }
  }

  #handOver(send: (text: string) => void, end: string): void {
    const line = this.#line.join("");
    this.reset();
    send(line + end);
  }

  #erase(): void {
    const key = this.#line.pop();
    if (key === undefined) return;
    this.#length -= key.length;
    let columns = 0;
    for (const character of key === "\t" ? TAB : key)
      columns += JOINED.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
    // Reverse wraparound, for as long as it takes: a line that was broken at the edge can be taken back over it.
    this.#options.echo(`\x1b[?45h${"\b \b".repeat(columns)}\x1b[?45l`);
  }
}
