/** The terminal's colours, of the same palette as the editor's. */
import type { ITheme } from "@xterm/xterm";

import { palettes } from "../core/palette";
import type { Theme } from "../core/palette";

export function terminalTheme(theme: Theme): ITheme {
  const { grounds, inks, lines, ansi } = palettes[theme];
  return {
    ...ansi,
    background: grounds.page,
    foreground: inks.text,
    cursor: lines.cursor,
    cursorAccent: grounds.page,
    selectionBackground: grounds.selection,
    selectionInactiveBackground: grounds.selection,
    scrollbarSliderBackground: `${lines.border}99`,
    scrollbarSliderHoverBackground: `${lines.border}cc`,
    scrollbarSliderActiveBackground: lines.border,
  };
}
