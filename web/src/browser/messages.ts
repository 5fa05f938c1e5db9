/** What page and worker say to each other. One worker runs one program and is thrown away. */

/**
 * How input comes to a program, best first: it is suspended while it waits; it waits for the answer to a request of this
 * run; all of it is there before it begins.
 */
export type InputWay =
  | { readonly way: "suspend" }
  | { readonly way: "request"; readonly run: string }
  | { readonly way: "before"; readonly text: string };

/** By which the service worker is told of an input of a run, and asked for it. */
export function nameOfInput(run: string, number: number): string {
  return `${run}/${number}`;
}

export interface Program {
  readonly code: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
  /** The program and what else it may import of those: where packages are looked for. */
  readonly python: readonly string[];
  /** What has to be unpacked; null where Pyodide fetches what is imported. */
  readonly archives: readonly string[] | null;
  readonly input: InputWay;
  /** Whether what it shows besides its output is wanted. */
  readonly display: boolean;
}

/** A file that a program left. */
export interface Left {
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

export type ToWorker =
  | {
      readonly kind: "boot";
      readonly base: string;
      /** Of this page, with the loader that came with it. */
      readonly isOurs: boolean;
      readonly snapshot: Uint8Array | null;
      readonly makeSnapshot: boolean;
    }
  | { readonly kind: "run"; readonly program: Program }
  /** Bytes of standard input; null is its end. */
  | { readonly kind: "input"; readonly data: Uint8Array | null };

export type FromWorker =
  | { readonly kind: "ready"; readonly snapshot: Uint8Array | null }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "started" }
  | { readonly kind: "output"; readonly stream: "stdout" | "stderr"; readonly data: Uint8Array }
  | { readonly kind: "asking"; readonly prompt: string }
  /** For input by request: that of this number is asked for, perhaps not for the first time. */
  | { readonly kind: "waiting"; readonly number: number }
  | {
      readonly kind: "shown";
      readonly bundle: unknown;
      readonly displayId: unknown;
      readonly updateOf: unknown;
    }
  | {
      readonly kind: "ended";
      readonly code: number;
      readonly left: readonly Left[];
      readonly skipped: Readonly<Record<string, number>>;
    };
