/** A problem that the checks found in a program, for the list of problems and for the editor. Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Edit {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface Problem {
  readonly start: Position;
  readonly end: Position;
  /** An error stops the program, or a part of it, as soon as it is reached; a warning may be meant so. */
  readonly severity: "error" | "warning";
  readonly code: string | null;
  readonly message: string;
  readonly fix: Fix | null;
}
