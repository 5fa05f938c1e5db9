/** The memory of a Python that has just started, kept so that the next starts in a fraction of the time. */

const CACHE = "snakepen-python";
/** Until it is kept, or where the browser keeps nothing for this page. */
let inMemory: { readonly address: string; readonly bytes: Uint8Array } | null = null;

/** One for what this browser can do as well, which is in the memory: whether a program can be suspended. */
function addressOf(build: string): string {
  return `/ide/python-snapshot-${build}${"Suspending" in WebAssembly ? "-suspending" : ""}`;
}

/** Null when there is none of this build; the browser may have thrown it away, or keep nothing for this page. */
export async function keptSnapshot(build: string): Promise<Uint8Array | null> {
  const address = addressOf(build);
  if (inMemory?.address === address) return inMemory.bytes;
  try {
    const cache = await caches.open(CACHE);
    const found = await cache.match(address);
    return found === undefined ? null : new Uint8Array(await found.arrayBuffer());
  } catch {
    return null;
  }
}

/** Without reading its 30 MB. */
export async function isSnapshotKept(build: string): Promise<boolean> {
  const address = addressOf(build);
  if (inMemory?.address === address) return true;
  try {
    return (await (await caches.open(CACHE)).match(address)) !== undefined;
  } catch {
    return false;
  }
}

/** In the place of those of other builds. */
export async function keepSnapshot(build: string, bytes: Uint8Array): Promise<void> {
  const made = { address: addressOf(build), bytes };
  inMemory = made;
  try {
    const cache = await caches.open(CACHE);
    await cache.put(made.address, new Response(bytes as BlobPart));
    for (const other of await cache.keys()) if (new URL(other.url).pathname !== made.address) await cache.delete(other);
    if (inMemory === made) inMemory = null;
  } catch {
    // It is there until the page is closed.
  }
}
