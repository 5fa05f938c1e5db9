/** Links in the terminal: places of the program in a traceback, and addresses that were written for a browser. */
import type { IBufferRange, ILink, ILinkHandler, ILinkProvider, Terminal } from "@xterm/xterm";

import { findSourceLinks } from "../core/traceback";

interface LogicalRow {
  readonly text: string;
  /** Where each unit of the text stands: rows and columns from 1, as links want them. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
}

/** The row with number `y`, joined with those that it was broken into at the edge. */
function logicalRow(terminal: Terminal, y: number): LogicalRow {
  const buffer = terminal.buffer.active;
  let first = y;
  while (first > 1 && buffer.getLine(first - 1)?.isWrapped === true) first--;
  let text = "";
  const places: { x: number; y: number }[] = [];
  for (let row = first; row === first || buffer.getLine(row - 1)?.isWrapped === true; row++) {
    const line = buffer.getLine(row - 1);
    if (line === undefined) break;
    for (let x = 0; x < line.length; x++) {
      const cell = line.getCell(x);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const characters = cell.getChars() || " ";
      for (let unit = 0; unit < characters.length; unit++) places.push({ x: x + 1, y: row });
      text += characters;
    }
  }
  return { text, places };
}

export function sourceLinks(terminal: Terminal, open: (line: number) => void): ILinkProvider {
  return {
    provideLinks(y, callback) {
      const { text, places } = logicalRow(terminal, y);
      const links: ILink[] = [];
      for (const { line, start, end } of findSourceLinks(text)) {
        const from = places[start];
        const to = places[end - 1];
        if (from === undefined || to === undefined || y < from.y || y > to.y) continue;
        const range: IBufferRange = { start: from, end: to };
        links.push({
          range,
          text: text.slice(start, end),
          activate: () => {
            open(line);
          },
        });
      }
      callback(links.length > 0 ? links : undefined);
    },
  };
}

/** A program's output leads anywhere: the page stays, tells nothing about itself, and keeps no hold of what opens. */
export function openAddress(_event: MouseEvent, address: string): void {
  if (/^https?:\/\//i.test(address)) window.open(address, "_blank", "noopener,noreferrer");
}

/** For links whose text is not their address: where they lead is shown before they are followed. */
export function hiddenAddresses(element: () => HTMLElement | undefined): ILinkHandler {
  return {
    activate: openAddress,
    hover: (_event, address) => element()?.setAttribute("title", address),
    leave: () => element()?.removeAttribute("title"),
  };
}
