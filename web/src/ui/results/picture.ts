/** Pictures whose address holds all of them: nobody is asked for them, and an address like that has no origin anywhere. */

export function contentOf(address: string): Blob {
  const [, type = "", isBase64, data = ""] = /^data:([^;,]*)(?:;charset=utf-8)?(;base64)?,(.*)$/s.exec(address) ?? [];
  if (isBase64 === undefined) return new Blob([decodeURIComponent(data)], { type });
  return new Blob([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], { type });
}

export function addressOf(content: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = () => fail(reader.error ?? new Error("it cannot be read"));
    reader.readAsDataURL(content);
  });
}
