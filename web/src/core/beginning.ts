/** The beginning of a long text, for where all of it would push everything else out of sight. */

const MOST_LINES = 6;
const MOST_CHARACTERS = 400;
/** What is left out has to be worth a button: at least so much of what is shown. */
const LEAST_PART = 0.5;

/** Its first lines, cut between words where that can be; null when the text is short enough to be shown whole. */
export function beginningOf(text: string): string | null {
  const lines = text.split("\n");
  const isShort = lines.length <= MOST_LINES * (1 + LEAST_PART) && text.length <= MOST_CHARACTERS * (1 + LEAST_PART);
  if (isShort) return null;
  const first = lines.slice(0, MOST_LINES).join("\n");
  if (first.length <= MOST_CHARACTERS) return first.trimEnd();
  const cut = first.slice(0, MOST_CHARACTERS);
  const word = cut.search(/\s\S*$/u);
  // Without half of a character.
  return word > MOST_CHARACTERS / 2 ? cut.slice(0, word).trimEnd() : cut.replace(/[\ud800-\udbff]$/, "");
}
