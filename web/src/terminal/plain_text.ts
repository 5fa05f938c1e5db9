/** The terminal's content as text, for copying. */
import type { IBuffer } from "@xterm/xterm";

/** Rows that were broken at the edge are one line again; empty ones at the end are left out. */
export function plainText(buffer: IBuffer): string {
  const lines: string[] = [];
  for (let row = 0; row < buffer.length; row++) {
    const line = buffer.getLine(row);
    if (line === undefined) break;
    const broken = buffer.getLine(row + 1)?.isWrapped === true;
    const text = line.translateToString(!broken);
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  while (lines.at(-1) === "") lines.pop();
  return lines.join("\n");
}
