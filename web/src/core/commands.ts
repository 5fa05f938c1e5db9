/** What a person can have done, by button, by key and by name. */

export interface Command {
  readonly id: string;
  readonly title: string;
  /** As `keyOf` writes it; the first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Not in a terminal, where the key is the program's. */
  readonly notInTerminal?: boolean;
  /** The same, as long as a program runs there. */
  readonly notInProgram?: boolean;
  /** It takes the focus to a place on the page: not while something lies over that. */
  readonly goes?: boolean;
  /** Why it cannot be done now, or null. */
  readonly blocked?: () => string | null;
  /** What is done instead when its key is pressed and it cannot be. */
  readonly refuse?: () => void;
  run(): void;
}

interface Keys {
  readonly key: string;
  /** Its place on the keyboard, whatever it types there. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * What it types, as a capital. Where that is nothing that a key of ours is called by (another script, or what Option types on
 * a Mac), what an English keyboard has in its place.
 */
export function nameOf({ key, code, altKey }: Keys, isMac: boolean): string {
  if (key.length > 1 && key !== "Dead") return key;
  const isOther = key === "Dead" || key > "~" || (isMac && altKey);
  if (isOther && code === "Period") return ".";
  const [, there] = isOther ? (/^(?:Key|Digit)(.)$/.exec(code) ?? []) : [];
  return there ?? key.toUpperCase();
}

/** `Mod` is the key that commands begin with: Command on a Mac, Ctrl elsewhere. */
export function keyOf(event: Keys, isMac: boolean): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  const name = nameOf(event, isMac);
  // Which signs are typed with Shift is different from keyboard to keyboard.
  const shift = event.shiftKey && (name.length > 1 || /[A-Z]/.test(name));
  return [mod && "Mod", other && "Other", event.altKey && "Alt", shift && "Shift", name].filter(Boolean).join("+");
}

export function shownKey(key: string, isMac: boolean): string {
  const signs: Record<string, string> = isMac
    ? { Mod: "⌘", Alt: "⌥", Shift: "⇧", Enter: "↩" }
    : { Mod: "Ctrl", Enter: "Enter" };
  const parts = key.split("+").map((part) => signs[part] ?? part);
  return parts.join(isMac ? "" : "+");
}

/** Whether a key is an input method's. Safari ends it with the Enter that confirms, and tells by this number alone. */
export function isOfInputMethod({ isComposing, keyCode }: { isComposing: boolean; keyCode: number }): boolean {
  return isComposing || keyCode === 229;
}

/** The keys of a command, as the attribute `aria-keyshortcuts` has them. */
export function keyShortcuts({ keys }: Command, isMac: boolean): string | undefined {
  return keys?.map((key) => key.replace("Mod", isMac ? "Meta" : "Control")).join(" ");
}

/** Those whose title has all the words that were typed, best first: at the beginning of the title, then of a word. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (command: Command): number => {
    const title = command.title.toLowerCase();
    if (!words.every((word) => title.includes(word))) return -1;
    const first = words[0] ?? "";
    return title.startsWith(first) ? 2 : title.includes(` ${first}`) ? 1 : 0;
  };
  return commands
    .map((command, place) => ({ command, place, rank: rank(command) }))
    .filter((one) => one.rank >= 0)
    .sort((a, b) => b.rank - a.rank || a.place - b.place)
    .map((one) => one.command);
}
