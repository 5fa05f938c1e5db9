/** What a made file is, by its name alone, and how it is looked at; what is in it may be anything. */

import type { Artifact } from "../../core/wire.gen";

const KINDS: Readonly<Record<string, string>> = {
  "application/json": "JSON",
  "application/octet-stream": "bytes",
  "application/pdf": "PDF",
  "application/toml": "TOML",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
  "application/xml": "XML",
  "application/yaml": "YAML",
  "application/zip": "ZIP archive",
  "audio/wav": "sound",
  "image/gif": "GIF picture",
  "image/jpeg": "JPEG picture",
  "image/png": "PNG picture",
  "image/svg+xml": "SVG picture",
  "image/webp": "WebP picture",
  "text/csv": "CSV table",
  "text/html": "HTML page",
  "text/markdown": "Markdown",
  "text/plain": "text",
  "text/tab-separated-values": "table",
  "text/x-python": "Python",
};
/** All that a browser is ever told that a picture is. */
const PICTURES = new Set(["image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"]);

export function kindOf(file: Artifact): string {
  return KINDS[file.media_type] ?? "file";
}

export type Look = { readonly kind: "image"; readonly type: string } | { readonly kind: "csv" | "tsv" | "text" };

export function lookOf(file: Artifact): Look {
  if (PICTURES.has(file.media_type)) return { kind: "image", type: file.media_type };
  if (file.media_type === "text/csv") return { kind: "csv" };
  if (file.media_type === "text/tab-separated-values") return { kind: "tsv" };
  return { kind: "text" };
}

/** What would turn the direction of the text around it, or not be seen, is shown as such. */
export function shownName(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");
}
