/** Files: those that the next run is given, and those that the last one made. */

import { givingProblem, MOST_FILE_BYTES, MOST_PROGRAM_BYTES, pathProblem } from "../core/given";
import type { Transport } from "../core/transport";
import type { Artifact, FileIn } from "../core/wire.gen";
import { counted, skippedSentences } from "../core/words";
import { addressOf } from "./data_addresses";
import { saveAs } from "./download";
import { shownName } from "./files/kinds";
import { recallFiles, rememberFiles, type KeptFile } from "./kept_files";
import type { Notice, Page } from "./page.svelte";

export interface GivenFile extends KeptFile {
  /** Stays the same when it is given another name. */
  readonly id: number;
  readonly size: number;
}

/** A file that was made, and where it can be had. */
export interface MadeFile extends Artifact {
  readonly from: Transport;
}

/** As many are listed; a server sends no more. */
const MOST_MADE = 100;

export class Files {
  given: readonly GivenFile[] = $state.raw([]);
  made: readonly MadeFile[] = $state.raw([]);
  /** Sentences about what a run left and is not among them. */
  skipped: readonly string[] = $state.raw([]);
  /** Of what was added last, why some of it was not. */
  problems: readonly string[] = $state.raw([]);

  readonly #page: Page;
  /** Kept, because the browser forgets a dialog whose field is gone. */
  readonly #picker = document.createElement("input");
  #from: Transport | null = null;
  #lastId = 0;
  /** What was added last, by what is in it: names change. */
  #added: ReadonlySet<Blob> = new Set();
  /** What is said of it, as long as it is so. */
  #said: Notice | null = null;

  constructor(page: Page) {
    this.#page = page;
    this.#picker.type = "file";
    this.#picker.multiple = true;
    this.#picker.onchange = () => this.add([...(this.#picker.files ?? [])]);
  }

  async begin(): Promise<void> {
    const kept = await recallFiles();
    if (this.given.length > 0) return; // somebody was quicker
    this.given = kept.map(({ path, content }) => ({ id: ++this.#lastId, path, content, size: content.size }));
  }

  // What the next run is given -----------------------------------------------------------------------------------------

  pick(): void {
    this.#picker.value = ""; // the same file may be chosen twice
    this.#picker.click();
  }

  /** What was dropped on the page; a program among it may be meant to be opened. */
  drop(files: readonly File[], folders: number): void {
    this.add(files);
    if (folders > 0) this.problems = [...this.problems, "Folders cannot be added: add the files that are in them."];
    const [first] = files;
    if (files.length === 1 && first?.name.endsWith(".py") === true) this.#offerToOpen(first);
  }

  #offerToOpen(file: File): void {
    const run = (): void => void this.#openInstead(file);
    if (this.given.some(({ content }) => content === file)) this.#say({ title: "Open it as the program instead", run });
    else if (file.size <= MOST_PROGRAM_BYTES)
      this.#page.say(`${shownName(file.name)} was not added to the files.`, { title: "Open it as the program", run });
  }

  async #openInstead(file: File): Promise<void> {
    if (!(await this.#page.program.open(file))) return;
    for (const given of this.given) if (given.content === file) this.remove(given);
    this.problems = [];
    this.#page.view = "code";
  }

  add(files: readonly File[]): void {
    this.#take(files.map((file) => ({ path: file.name, content: file, size: file.size })));
  }

  /** Of what was made, so that the next run has it. */
  async addMade(file: MadeFile): Promise<void> {
    const content = await file.from.content(file);
    if ("problem" in content) this.#page.say(content.problem);
    else this.#take([{ path: file.path, content: new Blob([content.bytes]), size: content.bytes.length }]);
  }

  #take(files: readonly Omit<GivenFile, "id">[]): void {
    const problems: string[] = [];
    const taken = new Set<Blob>();
    let given = this.given;
    for (const file of files) {
      // The same name again is a newer one of the same file.
      const others = given.filter((other) => other.path !== file.path);
      const problem = givingProblem(file, others);
      if (problem === null) {
        given = [...others, { ...file, id: ++this.#lastId }];
        taken.add(file.content);
      } else problems.push(problem);
    }
    this.problems = problems;
    if (taken.size > 0) {
      this.#added = taken;
      this.#give([...given].sort((a, b) => (a.path < b.path ? -1 : 1)));
      this.#say();
    }
    this.#page.showTab("files");
  }

  /** Of those that were added last and are still there, that the next run has them. */
  #say(action?: Notice["action"]): void {
    const [file, ...more] = this.given.filter(({ content }) => this.#added.has(content));
    if (file === undefined) return this.unsay();
    const what = action === undefined ? counted(more.length + 1, "file") : shownName(file.path);
    this.#page.say(`${what} will be beside the program when it is run.`, action);
    this.#said = this.#page.notice;
  }

  /** Said again of what is left, unless something else was said since, or the person has closed it. */
  #sayAgain(): void {
    if (this.#said !== null && this.#page.notice === this.#said) this.#say(this.#said.action);
  }

  /** They are gone, or were given to a run; or the program is another. */
  unsay(): void {
    if (this.#page.notice === this.#said) this.#page.notice = null;
    this.#said = null;
  }

  /** Why it cannot be called so; null when it is, in the place where it was. */
  rename(file: GivenFile, path: string): string | null {
    if (path === file.path) return null;
    const problem = pathProblem(
      path,
      this.given.filter((other) => other !== file),
    );
    if (problem === null) this.#give(this.given.map((other) => (other === file ? { ...file, path } : other)));
    return problem;
  }

  remove(file: GivenFile): void {
    this.problems = [];
    this.#give(this.given.filter((other) => other !== file));
  }

  #give(given: readonly GivenFile[]): void {
    this.given = given;
    this.#sayAgain();
    void rememberFiles(this.given).then((kept) => {
      if (!kept && given.length > 0)
        this.#page.mention("This browser does not remember the files: after a reload they have to be added again.");
    });
  }

  /** As a request has them; one that cannot be read any more is named in a sentence. */
  async forRun(): Promise<{ readonly files: readonly FileIn[] } | { readonly problem: string }> {
    const files: FileIn[] = [];
    for (const { path, content } of this.given) {
      try {
        files.push({ path, content: null, content_base64: await base64(content) });
      } catch {
        return { problem: `${path} has been changed or moved since it was added: add it again, or remove it.` };
      }
    }
    return { files };
  }

  // What the last run made -----------------------------------------------------------------------------------------------

  runBegins(on: Transport): void {
    this.unsay();
    this.#from = on;
    this.made = [];
    this.skipped = [];
  }

  runMade({ path, size, media_type, url }: Artifact): void {
    if (this.#from === null || this.made.length >= MOST_MADE) return;
    this.made = [...this.made, { path, size, media_type, url, from: this.#from }];
  }

  runSkipped(skipped: Readonly<Record<string, number>>): void {
    this.skipped = skippedSentences(skipped);
  }

  async download(file: MadeFile): Promise<void> {
    const content = await file.from.content(file);
    if ("problem" in content) this.#page.say(content.problem);
    else saveAs(file.path.split("/").at(-1) ?? "file", new Blob([content.bytes], { type: "application/octet-stream" }));
  }
}

async function base64(content: Blob): Promise<string> {
  if (content.size > MOST_FILE_BYTES) throw new Error("it has grown");
  return (await addressOf(content)).replace(/^[^,]*,?/, "");
}
