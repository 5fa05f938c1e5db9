/** Files that are given to a run: what may be one, by the server's own rules (`settle.py`), so that nobody waits to be refused. */

export interface Given {
  readonly path: string;
  readonly size: number;
}

export const MOST_FILES = 100;
/** Of a program's text; a server takes no more. */
export const MOST_PROGRAM_BYTES = 1 << 20;
export const MOST_FILE_BYTES = 10 << 20;
/** A request of 24 MiB holds no more, because four characters carry three bytes. */
export const MOST_ALL_BYTES = 16 << 20;
const MOST_NAME_BYTES = 255;
const MOST_PATH_BYTES = 1024;
const MOST_PARTS = 32;
/** What the program itself is called there. */
const PROGRAM = "main.py";

/** Why there can be no file of this path beside the others, or null. */
export function pathProblem(path: string, others: readonly Given[]): string | null {
  const parts = path.split("/");
  const encoder = new TextEncoder();
  if (path === "") return "A file needs a name.";
  if (path.startsWith("/") || path.includes("\\")) return `${path}: a name is relative, with / between its parts.`;
  if (parts.some((part) => part === "" || part === "." || part === ".."))
    return `${path}: no part of a name may be empty, a dot or two dots.`;
  // eslint-disable-next-line no-control-regex -- those may not be in it
  if (/[\x00-\x1f\x7f]|\p{Cs}/u.test(path)) return "A name may not hold control characters.";
  if (
    encoder.encode(path).length > MOST_PATH_BYTES ||
    parts.some((part) => encoder.encode(part).length > MOST_NAME_BYTES)
  )
    return `${path.slice(0, 60)}…: the name is too long.`;
  if (parts.length > MOST_PARTS) return `${path.slice(0, 60)}…: a file lies in at most ${MOST_PARTS - 1} folders.`;
  if (parts[0] === PROGRAM) return `${PROGRAM} is the program itself: give the file another name.`;
  if (others.some((other) => other.path === path)) return `${path} is there already.`;
  const within = (outer: string, inner: string): boolean => inner.startsWith(`${outer}/`);
  if (others.some((other) => within(other.path, path) || within(path, other.path)))
    return `${path} would be a file here and a folder there.`;
  return null;
}

/** Why this one cannot be given besides the others, or null. */
export function givingProblem(file: Given, others: readonly Given[]): string | null {
  if (file.size > MOST_FILE_BYTES) return `${file.path} is over 10 MiB, which is the most that one file may be.`;
  if (others.length >= MOST_FILES) return `A run is given at most ${MOST_FILES} files: ${file.path} is one too many.`;
  if (others.reduce((sum, other) => sum + other.size, file.size) > MOST_ALL_BYTES)
    return `With ${file.path} the files would be over 16 MiB together, which is the most that a run is given.`;
  return pathProblem(file.path, others);
}
