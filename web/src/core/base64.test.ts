import { expect, it } from "vitest";
import { fromBase64, fromBase64Url, toBase64Url } from "./base64";

const BYTES = Uint8Array.of(251, 255, 254, 0);

it("is of the usual alphabet, or of the one for addresses", () => {
  expect(fromBase64("+//+AA==")).toEqual(BYTES);
  expect(fromBase64Url("-__-AA")).toEqual(BYTES);
  expect(toBase64Url(BYTES)).toBe("-__-AA");
});

it("is as long as it has to be", () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, place) => place % 251);
  expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
  expect([toBase64Url(new Uint8Array()), fromBase64("")]).toEqual(["", new Uint8Array()]);
});

it("is nothing else", () => {
  for (const text of ["!!", "A", "-__-AA"]) expect(() => fromBase64(text)).toThrow();
});
