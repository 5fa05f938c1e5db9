/** What lies in a program's folder when it has ended, by the rules of the server (`runs/collect.py`). */

import type { Left } from "./messages";

/** As much as is used here of Emscripten's file system. */
export interface FileSystem {
  readdir(path: string): string[];
  lstat(path: string): { readonly mode: number; readonly size: number };
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  readFile(path: string): Uint8Array<ArrayBuffer>;
}

export interface Collected {
  readonly left: readonly Left[];
  readonly skipped: Readonly<Record<string, number>>;
}

const MOST_FILES = 100;
const MOST_BYTES = 64 << 20;
const MOST_ALL_BYTES = 128 << 20;
const MOST_DEPTH = 16;
const MOST_LOOKED_AT = 10_000;
const PROGRAM = "main.py";
/** Nothing that anybody made to be had: settings, caches. */
const INCIDENTAL = /^(?:\.|__pycache__$)/;

/** `given`: what had been put there, by its path: it is not told of unless it has changed. */
export function collect(fs: FileSystem, root: string, given: ReadonlyMap<string, Uint8Array>): Collected {
  const left: Left[] = [];
  const skipped: Record<string, number> = {};
  const skip = (reason: string): void => {
    skipped[reason] = (skipped[reason] ?? 0) + 1;
  };
  const folders: string[][] = [[]];
  let bytes = 0;
  let looked = 0;
  for (let parts = folders.shift(); parts !== undefined; parts = folders.shift())
    for (const name of fs.readdir([root, ...parts].join("/")).sort()) {
      if (INCIDENTAL.test(name)) continue;
      const here = [...parts, name];
      const path = here.join("/");
      looked += 1;
      if (looked > MOST_LOOKED_AT) return { left, skipped: { ...skipped, out_of_time: folders.length + 1 } };
      const place = `${root}/${path}`;
      const { mode, size } = fs.lstat(place);
      if (path === PROGRAM && !fs.isDir(mode)) continue;
      if (fs.isDir(mode)) {
        if (here.length < MOST_DEPTH) folders.push(here);
        else skip("too_deep");
      } else if (!fs.isFile(mode)) skip("not_a_file");
      else if (size > MOST_BYTES) skip("too_large");
      else {
        const content = fs.readFile(place);
        if (isSame(content, given.get(path))) continue;
        if (left.length === MOST_FILES || bytes + content.length > MOST_ALL_BYTES) skip("too_many");
        else {
          bytes += content.length;
          left.push({ path, content });
        }
      }
    }
  return { left, skipped };
}

function isSame(content: Uint8Array, given: Uint8Array | undefined): boolean {
  return given?.length === content.length && content.every((byte, at) => byte === given[at]);
}
