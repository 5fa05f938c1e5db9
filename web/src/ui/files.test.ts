import { describe, expect, it, vi } from "vitest";
import { Tab } from "./testing";

async function opened(): Promise<Tab> {
  return new Tab().begin();
}

function drop(tab: Tab, name: string, content: string | Uint8Array<ArrayBuffer>): void {
  tab.page.files.drop([new File([content], name)], 0);
}

const paths = (tab: Tab): string[] => tab.page.files.given.map(({ path }) => path);

/** When all that it does by itself is done. */
async function act(tab: Tab): Promise<void> {
  tab.page.actOnNotice();
  await vi.waitFor(() => expect(tab.page.notice).not.toBeNull());
}

describe("a program that is dropped on the page", () => {
  it("is given to the next run, and opened instead by who wants that", async () => {
    const tab = await opened();
    drop(tab, "helper.py", "print('helper')");
    expect(paths(tab)).toEqual(["helper.py"]);
    expect(tab.page.notice?.text).toBe("helper.py will be beside the program when it is run.");
    await act(tab);
    expect([tab.page.program.name, tab.text, paths(tab)]).toEqual(["helper.py", "print('helper')", []]);
  });

  it("is not said to be given to the run that cannot be given it, and can be opened", async () => {
    const tab = await opened();
    drop(tab, "main.py", "print('mine')");
    expect(paths(tab)).toEqual([]);
    expect(tab.page.files.problems).toEqual(["main.py is the program itself: give the file another name."]);
    expect(tab.page.notice).toMatchObject({
      text: "main.py was not added to the files.",
      action: { title: "Open it as the program" },
    });
    await act(tab);
    expect([tab.text, tab.page.files.problems]).toEqual(["print('mine')", []]);
  });

  it("is not offered to be opened when no program may be so large", async () => {
    const tab = await opened();
    drop(tab, "large.py", new Uint8Array((10 << 20) + 1));
    expect(tab.page.files.problems).toEqual(["large.py is over 10 MiB, which is the most that one file may be."]);
    expect(tab.page.notice).toBeNull();
  });

  it("stays with the run when it is no text", async () => {
    const tab = await opened();
    drop(tab, "odd.py", new Uint8Array([0xff, 0xfe]));
    await act(tab);
    expect(tab.page.notice?.text).toContain("is not UTF-8 text");
    expect(paths(tab)).toEqual(["odd.py"]);
  });
});

it("a file that is given another name is the same one, in its place, and the next is not", async () => {
  const tab = await opened();
  const { files } = tab.page;
  const names = ["b.txt", "a.txt", "c.txt"];
  files.add(names.map((name) => new File([name], name)));
  const [first, ...others] = files.given;
  expect(files.rename(first!, "z.txt")).toBeNull();
  expect(files.given).toEqual([{ ...first, path: "z.txt" }, ...others]);
  files.add([new File(["new"], "b.txt")]);
  expect(paths(tab)).toEqual(["b.txt", "c.txt", "z.txt"]);
  expect(new Set([...others, first].map((one) => one?.id)).size).toBe(3);
  expect(files.given[0]?.id).not.toBe(others[0]?.id);
});
