/**
 * Sets LaTeX as MathML, which the browser draws itself. KaTeX reads it; of what that writes only what is mathematics is taken
 * over, element by element: no styles, no links, nothing that does anything.
 */

import katex from "katex";

const MATHML = "http://www.w3.org/1998/Math/MathML";
const LONGEST_SOURCE = 20_000;
const ELEMENTS = new Set([
  ...["math", "semantics", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot", "mstyle"],
  ...["merror", "mpadded", "mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"],
  ...["mprescripts", "none", "mtable", "mtr", "mtd", "menclose"],
]);
const ATTRIBUTES = new Set([
  ...["display", "displaystyle", "scriptlevel", "mathvariant", "mathcolor", "mathbackground", "mathsize", "stretchy"],
  ...["fence", "separator", "form", "lspace", "rspace", "minsize", "maxsize", "symmetric", "largeop", "movablelimits"],
  ...["accent", "accentunder", "linethickness", "width", "height", "depth", "voffset", "columnalign", "rowspacing"],
  ...["columnspacing", "columnlines", "rowlines", "notation"],
]);

/** Null when it cannot be read. */
export function mathOf(source: string): Element | null {
  if (source.length > LONGEST_SOURCE) return null;
  let written: string;
  try {
    written = katex.renderToString(bare(source), {
      output: "mathml",
      displayMode: true,
      throwOnError: true,
      trust: false,
      strict: "ignore",
      maxExpand: 500,
      maxSize: 40,
    });
  } catch {
    return null;
  }
  const read = new DOMParser().parseFromString(written, "application/xml").getElementsByTagNameNS(MATHML, "math")[0];
  return read === undefined ? null : copied(read);
}

/** What stands between the signs that say that it is mathematics. */
function bare(source: string): string {
  const text = source.trim();
  for (const [open, close] of [
    ["$$", "$$"],
    ["\\[", "\\]"],
    ["\\(", "\\)"],
    ["$", "$"],
  ] as const)
    if (text.length >= open.length + close.length && text.startsWith(open) && text.endsWith(close))
      return text.slice(open.length, -close.length);
  return text;
}

function copied(element: Element): Element | null {
  if (element.namespaceURI !== MATHML || !ELEMENTS.has(element.localName)) return null;
  const copy = document.createElementNS(MATHML, element.localName);
  for (const { name, value } of element.attributes) if (ATTRIBUTES.has(name)) copy.setAttribute(name, value);
  for (const child of element.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof Element) copy.append(...[copied(child)].filter((one) => one !== null));
  }
  return copy;
}
