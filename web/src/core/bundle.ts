/**
 * What a program shows: one thing in several media types. It is data of whoever wrote the program, so it is looked at before
 * anything is made of it: a closed set of types, each of which is shown in one way that can do no harm.
 */

const MEDIA_TYPES = [
  "image/png",
  "image/jpeg",
  "image/svg+xml",
  "application/vnd.dataresource+json",
  "text/html",
  "text/latex",
  "text/markdown",
  "application/vnd.plotly.v1+json",
  "application/json",
  "text/plain",
] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];
export type Bundle = Readonly<Partial<Record<MediaType, string>>>;

/** The 8 MiB that the server lets through (`limits.py`), as base64; whoever else sends gets no more. */
const MOST_CHARACTERS = 12 << 20;
/** A picture can be small in bytes and have any number of pixels, all of which a browser would have to hold. */
const MOST_PIXELS = 64e6;

const SERIES = /^(?:Freq: [^,]*, )?(?:Name: (.*?), )?(?:Length: \d+, )?dtype: [^,]*$/;

/** Of what somebody sent, what is a bundle; null when nothing of it is. */
export function bundleOf(sent: unknown): Bundle | null {
  if (typeof sent !== "object" || sent === null) return null;
  const bundle: Partial<Record<MediaType, string>> = {};
  for (const type of MEDIA_TYPES) {
    const data: unknown = Object.hasOwn(sent, type) ? (sent as Record<string, unknown>)[type] : undefined;
    if (typeof data === "string" && data.length <= MOST_CHARACTERS) bundle[type] = data;
  }
  return Object.keys(bundle).length > 0 ? bundle : null;
}

export function charactersOf(bundle: Bundle): number {
  return Object.values(bundle).reduce((sum, data) => sum + data.length, 0);
}

/** How a bundle can be shown. A picture has an address that leads nowhere but into itself. */
export type View =
  | { readonly kind: "image"; readonly address: string; readonly extension: "png" | "jpg" | "svg" }
  | { readonly kind: "table"; readonly source: string }
  | { readonly kind: "frame"; readonly html: string }
  | { readonly kind: "math"; readonly source: string }
  | { readonly kind: "text"; readonly text: string; readonly note: string | null };

/** The best first; the last, text, always works. */
export function viewsOf(bundle: Bundle): View[] {
  const views: View[] = [];
  for (const type of MEDIA_TYPES) {
    const data = bundle[type];
    const view = data === undefined ? null : viewOf(type, data);
    if (view !== null) views.push(view);
  }
  if (views.length === 0) views.push({ kind: "text", text: "", note: "What was shown cannot be drawn." });
  return views;
}

function viewOf(type: MediaType, data: string): View | null {
  switch (type) {
    case "image/png":
    case "image/jpeg":
      return rasterOf(type, data);
    case "image/svg+xml":
      // As an image no script in it runs and nothing is fetched.
      return {
        kind: "image",
        address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(data.replace(/\p{Cs}/gu, "\ufffd"))}`,
        extension: "svg",
      };
    case "application/vnd.dataresource+json":
      return { kind: "table", source: data };
    case "text/html":
      return { kind: "frame", html: data };
    case "text/latex":
      return { kind: "math", source: data };
    case "application/vnd.plotly.v1+json":
      return { kind: "text", text: "", note: "An interactive figure came without what draws it here." };
    case "text/markdown":
    case "text/plain":
      return { kind: "text", text: data, note: null };
    case "application/json":
      return jsonOf(data);
  }
}

function rasterOf(type: "image/png" | "image/jpeg", data: string): View | null {
  const base64 = data.replace(/[\r\n]+/g, "");
  if (base64 === "" || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  if (type === "image/png" && !(pixelsOfPng(base64) <= MOST_PIXELS)) return null;
  return { kind: "image", address: `data:${type};base64,${base64}`, extension: type === "image/png" ? "png" : "jpg" };
}

/** By its header; NaN for what is no PNG. */
function pixelsOfPng(base64: string): number {
  const head = atob(base64.slice(0, 32));
  if (!head.startsWith("\x89PNG\r\n\x1a\n")) return Number.NaN;
  const number = (at: number): number =>
    [0, 1, 2, 3].reduce((value, place) => value * 256 + head.charCodeAt(at + place), 0);
  return number(16) * number(20);
}

/** Null when it is none: the server leaves that out as well, and the browser's own Python does not look. */
function jsonOf(json: string): View | null {
  try {
    return { kind: "text", text: JSON.stringify(JSON.parse(json), null, 2), note: null };
  } catch {
    return null;
  }
}

/** What a screen reader says of it, and what a file made of it is called: the program's own words, on one line. */
export function titleOf(bundle: Bundle): string | null {
  const lines = (bundle["text/plain"] ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  // A series has its name below its values, if it has one.
  const series = bundle["application/vnd.dataresource+json"] === undefined ? null : SERIES.exec(lines.at(-1) ?? "");
  const text = series === null ? lines[0] : series[1];
  if (text === undefined) return null;
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** A name that every system takes, made of a title; of the number of the result where the title has no letters. */
export function fileNameOf(title: string | null, number: number, extension: string): string {
  const words =
    (title ?? "")
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "") // marks that stand alone now would part words
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const stem = words.join("-").slice(0, 60).replace(/-+$/, "");
  return `${stem === "" ? `result-${number}` : stem}.${extension}`;
}
