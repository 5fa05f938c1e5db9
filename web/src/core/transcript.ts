/** The end of what a program and its person said to each other, for whoever is to repair it. */

import { withoutEscapes } from "./escapes";
import type { Stream } from "./run";

const LONGEST = 64 * 1024;
const LONGEST_INPUT = 4 * 1024;

export class Transcript {
  #output = "";
  #errors = "";
  #typed = "";

  wrote(text: string, stream: Stream): void {
    this.#output = (this.#output + text).slice(-LONGEST);
    if (stream !== "stdout") this.#errors = (this.#errors + text).slice(-LONGEST);
  }

  typed(text: string): void {
    this.#typed = (this.#typed + text).slice(-LONGEST_INPUT);
  }

  /** All streams, in the order in which they came. */
  get output(): string {
    return this.#output;
  }

  /** Without standard output, where that can be told apart. */
  get errors(): string {
    return this.#errors;
  }

  /** As lines: what was rubbed out, and keys that are no text, are not in it. */
  get input(): string {
    const kept: string[] = [];
    for (const character of withoutEscapes(this.#typed).replaceAll(/\r\n?/g, "\n")) {
      if (character === "\x7f" || character === "\b") {
        if (kept.length > 0 && kept.at(-1) !== "\n") kept.pop();
      } else if (character === "\n" || character === "\t" || character >= " ") kept.push(character);
    }
    return kept.join("");
  }
}
