/** The memory of a Python that has just started, kept so that the next starts in a fraction of the time. */

const CACHE = "snakepen-python";
let inMemory: { readonly build: string; readonly bytes: Uint8Array } | null = null;

function address(build: string): string {
  return `/ide/python-snapshot-${build}`;
}

/** Null when there is none of this build; the browser may have thrown it away, or keep nothing for this page. */
export async function keptSnapshot(build: string): Promise<Uint8Array | null> {
  if (inMemory?.build === build) return inMemory.bytes;
  try {
    const cache = await caches.open(CACHE);
    const found = await cache.match(address(build));
    if (found === undefined) return null;
    const bytes = new Uint8Array(await found.arrayBuffer());
    inMemory = { build, bytes };
    return bytes;
  } catch {
    return null;
  }
}

/** Whether there is one of this build, without reading its 30 MB. */
export async function isSnapshotKept(build: string): Promise<boolean> {
  if (inMemory?.build === build) return true;
  try {
    return (await (await caches.open(CACHE)).match(address(build))) !== undefined;
  } catch {
    return false;
  }
}

export async function keepSnapshot(build: string, bytes: Uint8Array): Promise<void> {
  const kept = { build, bytes };
  inMemory = kept; // for who starts meanwhile
  try {
    const cache = await caches.open(CACHE);
    for (const old of await cache.keys()) await cache.delete(old);
    await cache.put(address(build), new Response(bytes as BlobPart));
    if (inMemory === kept) inMemory = null;
  } catch {
    // It is there until the page is closed.
  }
}
