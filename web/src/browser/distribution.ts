/** A Python for the browser: ours, which is shipped with the page, or a whole one of the operator's. */

export interface Distribution {
  readonly python: string;
  /** The address of its folder. */
  readonly base: string;
  /** A name for just this one, by which a snapshot of it is kept; null for what may change under its address. */
  readonly build: string | null;
  readonly packages: readonly string[];
  /** Whether a program can import it. */
  has(module: string): boolean;
  /** What has to be unpacked for these; null where Pyodide itself fetches what a program imports. */
  archivesFor: ((modules: readonly string[]) => string[]) | null;
}
