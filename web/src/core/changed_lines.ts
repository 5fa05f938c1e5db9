/** How many lines of a text are others in another: those that are left over when as many as possible stay. */

/** Beyond so many comparisons all lines count as changed: nobody counts them. */
const MOST_COMPARISONS = 1_000_000;

export function changedLines(before: readonly string[], after: readonly string[]): { added: number; removed: number } {
  const kept = before.length * after.length > MOST_COMPARISONS ? 0 : commonLines(before, after);
  return { added: after.length - kept, removed: before.length - kept };
}

/** The length of the longest common subsequence. */
function commonLines(before: readonly string[], after: readonly string[]): number {
  let row = new Array<number>(after.length + 1).fill(0);
  for (const line of before) {
    const next = [0];
    for (const [place, other] of after.entries())
      next.push(line === other ? (row[place] ?? 0) + 1 : Math.max(row[place + 1] ?? 0, next[place] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}
