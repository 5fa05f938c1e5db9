/** Long enough for a browser that begins later than it is told to: Safari then finds the address gone. */
const BEGUN_MS = 60_000;

/** Gives the person a file. */
export function saveAs(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), BEGUN_MS);
}
