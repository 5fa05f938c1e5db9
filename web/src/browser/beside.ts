/** The files that a program is given, as Python in the browser needs them. */

import { fromBase64 } from "../core/base64";
import { MOST_PROGRAM_BYTES } from "../core/given";
import { importsOf, type Beside } from "../core/imports";
import type { FileIn } from "../core/wire.gen";

export function bytesOf({ content, content_base64 }: FileIn): Uint8Array {
  return content_base64 == null ? new TextEncoder().encode(content ?? "") : fromBase64(content_base64);
}

/** What is longer than a program may be is not read. */
export function besideOf(files: readonly FileIn[]): Beside {
  const text = (file: FileIn): string | null => {
    if (!file.path.endsWith(".py")) return null;
    const bytes = bytesOf(file);
    return bytes.length > MOST_PROGRAM_BYTES ? null : new TextDecoder().decode(bytes);
  };
  return new Map(files.map((file) => [file.path, text(file)]));
}

/** The program and what else it may import of these, and the modules that any of it imports. */
export function importedBy(code: string, files: readonly FileIn[]): { python: string[]; modules: string[] } {
  const python = [code, ...besideOf(files).values()].filter((text) => text !== null);
  return { python, modules: python.flatMap((text) => importsOf(text).map((one) => one.module)) };
}
