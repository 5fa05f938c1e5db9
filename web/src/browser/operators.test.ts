import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("does not wait for ever for an operator's server that takes the request and says nothing", async () => {
  vi.stubGlobal("location", new URL("http://127.0.0.1:3001/ide"));
  const { operators } = await import("./operators");
  const timer = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(timer.signal);
  vi.stubGlobal("fetch", (_: URL, { signal }: RequestInit) => {
    return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));
  });
  const found = operators("https://python.example/").catch((error: Error) => error.message);
  timer.abort();
  expect(await found).toBe("aborted");
  expect(timeout).toHaveBeenCalledWith(10_000);
});
