/**
 * The editor of a Python program: CodeMirror behind a small surface that knows nothing of runs, servers or the page.
 *
 * It lives in a shadow root. There CodeMirror puts its styles into adopted style sheets; in the document itself it would
 * write style elements, which the page's content policy refuses.
 */
import { autocompletion, closeBrackets, closeCompletion } from "@codemirror/autocomplete";
import { history } from "@codemirror/commands";
import { python, pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, codeFolding, foldGutter, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, openSearchPanel, search } from "@codemirror/search";
import { Compartment, EditorSelection, EditorState, Transaction } from "@codemirror/state";
import type { Extension } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";

import type { Theme } from "../core/palette";
import type { Problem } from "../core/problems";
import type { Failure } from "../core/traceback";
import { failingLine, setFailure } from "./failing_line";
import { editorKeys } from "./keys";
import { moduleCompletion } from "./modules";
import { changesIn, decide, goToChange, proposal } from "./proposal";
import type { Changes } from "./proposal";
import { changesBetween } from "./replace";
import { goToProblem, showProblems } from "./problems";
import { sight } from "./sight";
import { editorTheme } from "./theme";

/** Between the edge and what is scrolled to. */
const ROOM_PX = 8;

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly theme: Theme;
  /** Called after each change, whoever made it. */
  onChange?(): void;
}

export class Editor {
  readonly #view: EditorView;
  readonly #host: HTMLElement;
  readonly #theme = new Compartment();
  readonly #readOnly = new Compartment();
  readonly #history = new Compartment();
  readonly #proposal = new Compartment();
  #packages: readonly string[] = [];

  constructor(options: EditorOptions) {
    const document = options.parent.ownerDocument;
    this.#host = document.createElement("div");
    this.#host.className = "editor";
    this.#host.style.height = "100%";
    const root = this.#host.attachShadow({ mode: "open" });
    options.parent.append(this.#host);
    this.#view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({ doc: options.text, extensions: this.#extensions(options) }),
    });
  }

  #extensions(options: EditorOptions): Extension {
    return [
      // First, so that what the theme says of the others' elements stands.
      this.#theme.of(editorTheme(options.theme)),
      lineNumbers(),
      foldGutter({ openText: "▾", closedText: "▸" }),
      codeFolding({ placeholderText: "…" }),
      lintGutter(),
      this.#history.of(history()),
      drawSelection(),
      dropCursor(),
      rectangularSelection(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      highlightSelectionMatches({ minSelectionLength: 2 }),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      EditorState.allowMultipleSelections.of(true),
      python(),
      pythonLanguage.data.of({ autocomplete: moduleCompletion(() => this.#packages) }),
      autocompletion({ icons: false, tooltipClass: () => "completions" }),
      search({ top: true }),
      sight,
      failingLine(),
      editorKeys(),
      this.#readOnly.of([]),
      this.#proposal.of([]),
      EditorView.contentAttributes.of({
        "aria-label": options.label,
        tabindex: "0",
        spellcheck: "false",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) options.onChange?.();
      }),
    ];
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Another program: what was done to the one before cannot be undone into it. */
  open(text: string): void {
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: text },
      selection: EditorSelection.cursor(0),
      effects: this.#history.reconfigure([]),
      annotations: Transaction.addToHistory.of(false),
      scrollIntoView: true,
    });
    this.#view.dispatch({ effects: this.#history.reconfigure(history()) });
  }

  /** The same program, rewritten, as a formatter does: cursor and marks stay where they were, and it can be undone. */
  replace(text: string): void {
    const changes = changesBetween(this.text, text);
    if (changes.length > 0) this.#view.dispatch({ changes, userEvent: "input.replace" });
  }

  /** A program begins to be written here by somebody else: it can be read and not typed into, and the focus stays. */
  beginWriting(): void {
    this.setReadOnly(true);
    this.open("");
  }

  /** More of it. The end stays in view, unless the person has looked elsewhere. */
  write(text: string): void {
    const { scrollDOM } = this.#view;
    const isAtEnd =
      scrollDOM.scrollTop + scrollDOM.clientHeight >= scrollDOM.scrollHeight - this.#view.defaultLineHeight;
    const { length } = this.#view.state.doc;
    this.#view.dispatch({
      changes: { from: length, insert: text },
      annotations: Transaction.addToHistory.of(false),
      effects: isAtEnd ? EditorView.scrollIntoView(length + text.length) : [],
    });
  }

  /** What is in its place now: the whole program, or what was there before. */
  endWriting(text: string): void {
    this.setReadOnly(false);
    this.open(text);
  }

  /** Shows a change of the program, to be taken or left; it can be edited meanwhile, and undone. */
  propose(text: string, onChanges: (changes: Changes) => void): Changes {
    const before = this.text;
    const extension = proposal(before, (changes) => queueMicrotask(() => onChanges(changes)));
    this.#view.dispatch({ changes: { from: 0, to: before.length, insert: text }, userEvent: "input.replace" });
    this.#view.dispatch({ effects: this.#proposal.reconfigure(extension) });
    const changes = changesIn(this.#view.state);
    this.#showFirstChange();
    return changes;
  }

  #showFirstChange(): void {
    const { selection } = this.#view.state;
    goToChange(this.#view, true);
    const { from } = this.#view.state.selection.main;
    this.#view.dispatch({ selection, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    // What decides on it stands above what is removed, which may be higher than what is seen; and a bar takes room now.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const { dom, scrollDOM } = this.#view;
        const top = dom.querySelector(".cm-chunkButtons")?.getBoundingClientRect().top;
        if (top === undefined) return;
        const above = scrollDOM.getBoundingClientRect().top + ROOM_PX - top;
        if (above > 0) scrollDOM.scrollTop -= above;
      }),
    );
  }

  /** The text stays as it is. */
  endProposal(): void {
    this.#view.dispatch({ effects: this.#proposal.reconfigure([]) });
  }

  /** The next part of a proposal that is to be decided on, or the one before. */
  goToChange(forward: boolean): void {
    goToChange(this.#view, forward);
    this.#view.focus();
  }

  /** The part of a proposal at the cursor, or else the first. */
  decide(kind: "accept" | "reject"): void {
    decide(this.#view, kind);
  }

  setTheme(theme: Theme): void {
    this.#view.dispatch({ effects: this.#theme.reconfigure(editorTheme(theme)) });
  }

  /** Read-only, it can still be read by keyboard, searched and copied from. */
  setReadOnly(readOnly: boolean): void {
    const extension = readOnly
      ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })]
      : [];
    this.#view.dispatch({ effects: this.#readOnly.reconfigure(extension) });
  }

  /** The packages that programs can import, offered beside the standard library. */
  setPackages(names: readonly string[]): void {
    this.#packages = names;
  }

  focus(): void {
    this.#view.focus();
  }

  /** Put the cursor at a line, held inside the text, show it, and take the focus. */
  goTo(line: number, column = 1): void {
    const { doc } = this.#view.state;
    const target = doc.line(Math.min(Math.max(Math.trunc(line) || 1, 1), doc.lines));
    const position = Math.min(target.from + Math.max(column - 1, 0), target.to);
    this.#view.dispatch({
      selection: EditorSelection.cursor(position),
      effects: EditorView.scrollIntoView(position, { y: "center" }),
    });
    this.#view.focus();
  }

  showFailure(failure: Failure | null): void {
    this.#view.dispatch({ effects: setFailure.of(failure) });
  }

  /** Marks for problems that were found in `text`; nothing when the program is another by now. */
  showProblems(text: string, problems: readonly Problem[]): void {
    if (this.text === text) this.#view.dispatch(showProblems(this.#view, problems));
  }

  /** The next problem after the cursor, or the one before, round the end; with the focus, and what is said of it. */
  goToProblem(forward: boolean): void {
    this.#view.focus();
    goToProblem(this.#view, forward);
  }

  /** What was offered to who typed, or is about to be: the program is run, and nobody types. */
  closeOffers(): void {
    closeCompletion(this.#view);
  }

  openSearch(): void {
    openSearchPanel(this.#view);
  }

  dispose(): void {
    this.#view.destroy();
    this.#host.remove();
  }
}
