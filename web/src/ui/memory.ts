/** What the page remembers in this browser, and nowhere else: the program, the sizes, the theme. */

const PREFIX = "snakepen.";

/** Null when there is nothing, or when the browser lets nobody remember anything. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Whether it will be remembered: storage may be full, or forbidden. */
export function remember(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
    return true;
  } catch {
    return false;
  }
}

/** For as long as this tab is open. */
export function recallInTab(name: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function rememberInTab(name: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // Then it is asked for again.
  }
}

/** When the page is left, or hidden: a phone ends what is hidden without another word. */
export function whenLeft(save: () => void): void {
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}
