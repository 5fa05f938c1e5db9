/** Addresses that hold all of what they lead to: nobody is asked for it, and an address like that has no origin anywhere. */

import { fromBase64 } from "../core/base64";

export function contentOf(address: string): Blob {
  const [, type = "", isBase64, data = ""] = /^data:([^;,]*)(?:;charset=utf-8)?(;base64)?,(.*)$/s.exec(address) ?? [];
  return new Blob([isBase64 === undefined ? decodeURIComponent(data) : fromBase64(data)], { type });
}

export function addressOf(content: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = () => fail(reader.error ?? new Error("it cannot be read"));
    reader.readAsDataURL(content);
  });
}
