/** A link that carries a small program: compressed, in the part of the address that is never sent to a server. */

import { fromBase64Url, toBase64Url } from "./base64";
import { MOST_PROGRAM_BYTES } from "./given";

const KEY = "program=";
/** Longer addresses are cut by chat programs and mail; RFC 9110 asks for 8,000 octets at least. */
const LONGEST = 8000;

/** The address of the page with the program in it; null when it would be too long. */
export async function shareLink(page: string, program: string): Promise<string | null> {
  const packed = await through(new TextEncoder().encode(program), new CompressionStream("deflate-raw") as Pair);
  const link = `${page}#${KEY}${toBase64Url(packed)}`;
  return link.length > LONGEST ? null : link;
}

/** The program of an address: null when it carries none, undefined when what it carries is broken. */
export async function sharedProgram(hash: string): Promise<string | null | undefined> {
  const given = hash.replace(/^#/, "");
  if (!given.startsWith(KEY)) return null;
  try {
    const packed = fromBase64Url(given.slice(KEY.length));
    // As much as a program may have: a stranger made it.
    const bytes = await through(packed, new DecompressionStream("deflate-raw") as Pair, MOST_PROGRAM_BYTES);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** As the library types do not say it: both take and give bytes. */
interface Pair {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

async function through(bytes: Uint8Array, transform: Pair, most = Infinity): Promise<Uint8Array> {
  const writer = transform.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => undefined); // the reader hears of it as well
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = transform.readable.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    size += step.value.length;
    if (size > most) {
      await reader.cancel();
      throw new RangeError("a link holds more than a program may have");
    }
    pieces.push(step.value);
  }
  await written;
  const whole = new Uint8Array(size);
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}
