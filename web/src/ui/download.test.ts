import { afterEach, expect, it, vi } from "vitest";
import { saveAs } from "./download";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("keeps the address of a file until a browser that is late has begun with it, and no longer", () => {
  vi.useFakeTimers();
  const happened: string[] = [];
  const link = { href: "", download: "", click: () => happened.push(`${link.download} from ${link.href}`) };
  vi.stubGlobal("document", { createElement: () => link });
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:1");
  vi.spyOn(URL, "revokeObjectURL").mockImplementation((address) => void happened.push(`${address} is gone`));
  saveAs("main.py", new Blob(["x = 1"]));
  expect(happened).toEqual(["main.py from blob:1"]);
  vi.runAllTimers();
  expect(happened).toEqual(["main.py from blob:1", "blob:1 is gone"]);
});
