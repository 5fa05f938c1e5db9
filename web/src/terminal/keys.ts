/**
 * Keys that stay with the page while the terminal has the focus. A terminal takes all others, Tab included, so these are the ways
 * out of it: without them somebody who has only a keyboard would be caught (WCAG 2.1.2).
 */
export function isPageKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  const command = (ctrlKey || metaKey) && !altKey;
  switch (key) {
    case "Tab":
      return shiftKey && !command;
    case "F1":
    case "F6":
      return !altKey && !command;
    case "Enter":
      return command;
    default:
      // On a Mac the command key is never the program's.
      return metaKey;
  }
}
