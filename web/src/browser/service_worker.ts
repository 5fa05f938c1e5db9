/**
 * Keeps the page for when the server is gone: its parts, Python in the browser included, fetched once while nobody waits.
 * And it holds back the answer to a program that asks for input, where the browser has no better way to wait.
 */

import { INPUT_PATH, type InputForProgram } from "./input_by_request";

declare const self: ServiceWorkerGlobalScope;

/** Put in by the build: the addresses of all parts, and a name for just these. */
declare const PRECACHE: { readonly name: string; readonly addresses: readonly string[] };

const PAGE = "/ide";
const ASSETS = "/ide/assets/";
/** A server that does not even refuse is as good as gone. */
const PATIENCE_MS = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PRECACHE.name).then((cache) => cache.addAll([...PRECACHE.addresses])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

async function forgetOthers(): Promise<void> {
  const prefix = PRECACHE.name.replace(/[^-]*$/, "");
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && name !== PRECACHE.name);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== self.location.origin || event.request.method !== "GET") return;
  if (pathname.startsWith(INPUT_PATH)) event.respondWith(waitForInput(pathname));
  else if (pathname === PAGE) event.respondWith(freshOrKept(event.request));
  else if (pathname.startsWith(ASSETS)) event.respondWith(keptOrFresh(event.request));
});

/** The page itself is never old while the server is there. */
async function freshOrKept(request: Request): Promise<Response> {
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (fresh.status < 500) return fresh;
    return (await kept(PAGE)) ?? fresh;
  } catch (failure) {
    const found = await kept(PAGE);
    if (found === undefined) throw failure;
    return found;
  }
}

/** A part's name changes with its content, so a kept one is as good as a fresh one. */
async function keptOrFresh(request: Request): Promise<Response> {
  return (await kept(request.url)) ?? fetch(request);
}

async function kept(address: string): Promise<Response | undefined> {
  const cache = await caches.open(PRECACHE.name);
  return cache.match(address);
}

// Input ------------------------------------------------------------------------------------------------------------

const given = new Map<string, (Uint8Array | null)[]>();
const waiting = new Map<string, (data: Uint8Array | null) => void>();

self.addEventListener("message", ({ data }: ExtendableMessageEvent) => {
  const message = data as InputForProgram;
  const hear = waiting.get(message.run);
  if (message.data === undefined) {
    given.delete(message.run);
    waiting.delete(message.run);
    hear?.(null);
  } else if (hear !== undefined) {
    waiting.delete(message.run);
    hear(message.data);
  } else given.set(message.run, [...(given.get(message.run) ?? []), message.data]);
});

/** 200 with bytes, or 204 for the end of input. */
async function waitForInput(pathname: string): Promise<Response> {
  const run = pathname.slice(INPUT_PATH.length);
  const next = given.get(run)?.shift();
  const data = next !== undefined ? next : await new Promise<Uint8Array | null>((hear) => waiting.set(run, hear));
  return data === null ? new Response(null, { status: 204 }) : new Response(data as BodyInit);
}
