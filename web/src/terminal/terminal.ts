/**
 * The terminal in which programs run: xterm behind a small surface that knows nothing of servers or the page.
 *
 * Between `begin` and `end` a program owns it: what is typed goes to it. A program with a real terminal gets each key, and
 * its own terminal echoes; one with pipes gets lines, which are edited and echoed here.
 */
import { FitAddon } from "@xterm/addon-fit";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal as Xterm } from "@xterm/xterm";

import "@xterm/xterm/css/xterm.css";
import "./terminal.css";

import { nameOf } from "../core/commands";
import { LineDiscipline } from "../core/line_discipline";
import { OutputQueue } from "../core/output_queue";
import type { Theme } from "../core/palette";
import { copyText } from "./clipboard";
import { FindBar } from "./find_bar";
import { InputLine } from "./input_line";
import { isPageKey } from "./keys";
import { plainText } from "./plain_text";
import { hiddenAddresses, openAddress, sourceLinks } from "./source_links";
import { styledDocument, styleSpansByObject, withoutStyleElements } from "./styled_document";
import { terminalTheme } from "./theme";
import { isTouched } from "./touch";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** How the program that runs is connected. */
export type Connection = "terminal" | "pipes";

export interface TerminalOptions {
  readonly parent: HTMLElement;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly theme: Theme;
  readonly fontSize: number;
  /** For the program's standard input. */
  onInput(text: string): void;
  /** The person ended the input of a program with pipes. */
  onEndOfInput(): void;
  /** The person interrupted a program with pipes. */
  onInterrupt(): void;
  onResize(size: Size): void;
  /** A place in a traceback was chosen. */
  onSourceLine(line: number): void;
}

/** Enough to look back over, little enough to stay quick. */
const SCROLLBACK_ROWS = 5000;
/** What a program may have left switched on: the other screen, mouse reports, pasting in brackets, colours. No cursor: nothing can be typed. */
const RESTORE = "\x1b[?47l\x1b[?9;1000;1002;1003;1004;1006;1015;2004l\x1b[!p\x1b[?25l\x1b[0m";
const RED = "\x1b[31m";
const DEFAULT_COLOR = "\x1b[39m";

export class Terminal {
  readonly #options: TerminalOptions;
  readonly #element: HTMLDivElement;
  readonly #xterm: Xterm;
  readonly #fit = new FitAddon();
  readonly #output: OutputQueue;
  readonly #discipline: LineDiscipline;
  readonly #findBar: FindBar;
  readonly #inputLine: InputLine;
  readonly #observer: ResizeObserver;
  #theme: Theme;
  #connection: Connection | null = null;
  #fitting = 0;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#theme = options.theme;
    const document = options.parent.ownerDocument;
    this.#element = document.createElement("div");
    this.#element.className = "terminal-pane";
    const screen = document.createElement("div");
    screen.className = "screen";
    this.#element.append(screen);
    options.parent.append(this.#element);

    this.#xterm = this.#makeXterm(document);
    this.#output = new OutputQueue((text, drawn) => {
      this.#xterm.write(text, drawn);
    });
    this.#discipline = new LineDiscipline({
      echo: (text) => {
        this.#output.push(text);
      },
      send: options.onInput,
      endOfInput: options.onEndOfInput,
      interrupt: options.onInterrupt,
    });
    this.#openXterm(screen);
    this.#findBar = new FindBar({ parent: this.#element, terminal: this.#xterm, theme: () => this.#theme });
    this.#inputLine = new InputLine({
      parent: this.#element,
      send: (line) => {
        this.#type(`${line}\r`);
      },
      endOfInput: () => {
        this.#type("\x04");
      },
    });
    this.#observer = new ResizeObserver(() => {
      this.fit();
    });
    this.#observer.observe(screen);
  }

  #makeXterm(document: Document): Xterm {
    return new Xterm({
      allowProposedApi: true, // versions of Unicode, and marks of what was found, are called so
      cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      documentOverride: styledDocument(document),
      fontFamily: "ui-monospace, 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
      fontSize: this.#options.fontSize,
      lineHeight: 1.2,
      linkHandler: hiddenAddresses(() => this.#xterm.element),
      minimumContrastRatio: 4.5, // programs choose colours that are fit for another ground
      screenReaderMode: true,
      scrollback: SCROLLBACK_ROWS,
      theme: terminalTheme(this.#theme),
    });
  }

  #openXterm(screen: HTMLElement): void {
    const xterm = this.#xterm;
    xterm.loadAddon(this.#fit);
    xterm.loadAddon(new Unicode11Addon());
    xterm.unicode.activeVersion = "11";
    xterm.loadAddon(new WebLinksAddon(openAddress));
    styleSpansByObject();
    withoutStyleElements(screen.ownerDocument, () => xterm.open(screen));
    xterm.textarea?.setAttribute("aria-label", this.#options.label);
    // With a finger, input goes through the line below: no keyboard shall come up here and cover the screen.
    if (isTouched()) xterm.textarea?.setAttribute("inputmode", "none");
    xterm.registerLinkProvider(sourceLinks(xterm, this.#options.onSourceLine));
    xterm.attachCustomKeyEventHandler((event) => this.#takesKey(event));
    xterm.onData((data) => {
      this.#type(data);
    });
    xterm.onResize(({ cols, rows }) => {
      this.#options.onResize({ columns: cols, rows });
    });
  }

  /** Whether xterm, and so the program, gets this key. */
  #takesKey(event: KeyboardEvent): boolean {
    if (isPageKey(event)) return false;
    const key = nameOf(event, false);
    if (!event.ctrlKey || event.altKey || event.metaKey) return true;
    // Pasting is left to the browser, which asks nobody and fires an event that xterm hears.
    if (key === "V") return false;
    if (key === "C" && (event.shiftKey || this.#xterm.hasSelection())) {
      if (event.type === "keydown") this.#copySelection();
      event.preventDefault();
      return false;
    }
    if (key === "F" && event.shiftKey) {
      if (event.type === "keydown") this.#findBar.open();
      event.preventDefault();
      return false;
    }
    return true;
  }

  #copySelection(): void {
    const text = this.#xterm.getSelection();
    if (text === "") return;
    void copyText(text);
    // The next Ctrl-C is for the program again.
    this.#xterm.clearSelection();
  }

  #type(data: string): void {
    if (this.#connection === "terminal") this.#options.onInput(data);
    else if (this.#connection === "pipes") this.#discipline.type(data);
  }

  get size(): Size {
    return { columns: this.#xterm.cols, rows: this.#xterm.rows };
  }

  /** A program starts: on an empty screen, with the keyboard. */
  begin(connection: Connection): void {
    this.clear();
    this.#discipline.reset();
    // Pipes carry bare newlines; a terminal of the program's own has made both of them.
    this.#xterm.options.convertEol = connection === "pipes";
    this.#connection = connection;
    this.#inputLine.setEnabled(true);
  }

  /** What the program wrote, in the order in which it is to be seen. */
  write(text: string, stream: "terminal" | "stdout" | "stderr"): void {
    this.#output.push(stream === "stderr" ? RED + text + DEFAULT_COLOR : text);
  }

  /** The program ended: its output stays, the terminal is an ordinary one again, keys go nowhere. */
  end(): void {
    this.#connection = null;
    this.#inputLine.setEnabled(false);
    this.#output.push(RESTORE);
  }

  /** Throw away output that is not on the screen yet: the program was stopped, and nobody waits for the rest. */
  discardWaiting(): void {
    this.#output.discard();
  }

  clear(): void {
    this.#output.discard();
    // Through the queue: a part may still be on its way, and would stand on the empty screen.
    this.#output.push("\x1bc");
    this.#xterm.clearSelection();
  }

  /** When everything written so far can be seen. */
  settled(): Promise<void> {
    return this.#output.settled();
  }

  /** All of it as text, without colours. */
  text(): string {
    return plainText(this.#xterm.buffer.active);
  }

  focus(): void {
    if (isTouched()) this.#inputLine.focus();
    else this.#xterm.focus();
  }

  openFind(): void {
    this.#findBar.open();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#xterm.options.theme = terminalTheme(theme);
  }

  /** Fill the pane, once a frame at most. A pane that is not shown has no size, and keeps the one it had. */
  fit(): void {
    if (this.#fitting !== 0) return;
    this.#fitting = requestAnimationFrame(() => {
      this.#fitting = 0;
      if (this.#element.clientWidth > 0 && this.#element.clientHeight > 0) this.#fit.fit();
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#fitting);
    this.#observer.disconnect();
    this.#findBar.dispose();
    this.#inputLine.dispose();
    this.#xterm.dispose();
    this.#element.remove();
  }
}
