/**
 * The colours of code and of the terminal, once for each theme. They are data, because the terminal wants values and not
 * stylesheets, and because a test computes that each text is readable on each ground it can stand on.
 */
export type Theme = "light" | "dark";

/**
 * Grounds on which code stands. Those of whole lines have an alpha channel: the selection is drawn below them and has to
 * be seen through.
 */
export interface Grounds {
  readonly page: string;
  readonly activeLine: string;
  readonly failingLine: string;
  readonly addedLine: string;
  readonly removedLine: string;
  readonly selection: string;
  readonly match: string;
  readonly currentMatch: string;
  readonly raised: string;
  readonly chosen: string;
}

/** Texts that stand on them. */
export interface Inks {
  readonly text: string;
  readonly faint: string;
  readonly keyword: string;
  readonly string: string;
  readonly comment: string;
  readonly number: string;
  readonly function: string;
  readonly type: string;
  readonly constant: string;
  readonly decorator: string;
  readonly operator: string;
  readonly problem: string;
}

/** What is no text, but has to be seen. */
export interface Lines {
  readonly error: string;
  readonly warning: string;
  readonly added: string;
  readonly cursor: string;
  readonly border: string;
}

/** The sixteen colours that programs choose from by number. */
export interface AnsiColors {
  readonly black: string;
  readonly red: string;
  readonly green: string;
  readonly yellow: string;
  readonly blue: string;
  readonly magenta: string;
  readonly cyan: string;
  readonly white: string;
  readonly brightBlack: string;
  readonly brightRed: string;
  readonly brightGreen: string;
  readonly brightYellow: string;
  readonly brightBlue: string;
  readonly brightMagenta: string;
  readonly brightCyan: string;
  readonly brightWhite: string;
}

export interface Palette {
  readonly grounds: Grounds;
  readonly inks: Inks;
  readonly lines: Lines;
  readonly ansi: AnsiColors;
}

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    grounds: {
      page: "#ffffff",
      activeLine: "#1d242c0c",
      failingLine: "#c8202b18",
      addedLine: "#17692f1a",
      removedLine: "#c8202b14",
      selection: "#d3e4fb",
      match: "#fff0b8",
      currentMatch: "#ffdf7a",
      raised: "#f4f6f9",
      chosen: "#dbe8fb",
    },
    inks: {
      text: "#1d242c",
      faint: "#545e69",
      keyword: "#7a1fa2",
      string: "#17602f",
      comment: "#525d68",
      number: "#0b529c",
      function: "#1c4aa8",
      type: "#7c4300",
      constant: "#962c0a",
      decorator: "#6f4500",
      operator: "#38414c",
      problem: "#a5101b",
    },
    lines: { error: "#c8202b", warning: "#9a6700", added: "#17692f", cursor: "#1d242c", border: "#838e9a" },
    ansi: {
      black: "#1d242c",
      red: "#b3121d",
      green: "#17692f",
      yellow: "#7a5200",
      blue: "#0b57ad",
      magenta: "#7a1fa2",
      cyan: "#00646f",
      white: "#59636e",
      brightBlack: "#59636e",
      brightRed: "#c4161f",
      brightGreen: "#1a7435",
      brightYellow: "#855a00",
      brightBlue: "#1666c1",
      brightMagenta: "#9027bd",
      brightCyan: "#006f7b",
      brightWhite: "#38414c",
    },
  },
  dark: {
    grounds: {
      page: "#12161c",
      activeLine: "#e4e8ee0d",
      failingLine: "#ff6b6b2e",
      addedLine: "#85d29522",
      removedLine: "#ff6b6b22",
      selection: "#28405e",
      match: "#352d0c",
      currentMatch: "#4c3f05",
      raised: "#1c222b",
      chosen: "#2b3f5a",
    },
    inks: {
      text: "#e4e8ee",
      faint: "#a3aebb",
      keyword: "#d7adf7",
      string: "#98d9a5",
      comment: "#abb5c1",
      number: "#9acbff",
      function: "#abc2ff",
      type: "#f2c078",
      constant: "#ffb49c",
      decorator: "#e8c46c",
      operator: "#c8d0da",
      problem: "#ffb0ac",
    },
    lines: { error: "#ff6b6b", warning: "#e3b341", added: "#85d295", cursor: "#e4e8ee", border: "#6f7b88" },
    ansi: {
      black: "#a3aebb",
      red: "#ff8f8a",
      green: "#85d295",
      yellow: "#e5c05f",
      blue: "#85b8ff",
      magenta: "#d7a3f5",
      cyan: "#66ccd9",
      white: "#cfd6de",
      brightBlack: "#a3aebb",
      brightRed: "#ffaba6",
      brightGreen: "#a3e3b0",
      brightYellow: "#f2d27e",
      brightBlue: "#a5ccff",
      brightMagenta: "#e3bffa",
      brightCyan: "#8fdfe9",
      brightWhite: "#ffffff",
    },
  },
};
