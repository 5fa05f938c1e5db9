import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Back, type Entries } from "./back";

/** A browser's history, whose steps take a while; the page is left when it goes back from its first entry. */
class Session implements Entries {
  entries: unknown[] = ["elsewhere", null];
  at = 1;
  moved: () => void = () => undefined;
  #steps: number[] = [];

  get state(): unknown {
    return this.entries[this.at];
  }

  pushState(state: unknown): void {
    this.entries = [...this.entries.slice(0, this.at + 1), state];
    this.at += 1;
  }

  go(by: number): void {
    this.#steps.push(by);
  }

  /** What was asked for happens. */
  run(): void {
    for (let by = this.#steps.shift(); by !== undefined; by = this.#steps.shift()) {
      this.at += by;
      this.moved();
    }
  }

  press(by: -1 | 1): void {
    this.go(by);
    this.run();
  }
}

let session: Session;
let back: Back;
/** What lies over the page, the top last. */
let open: string[];

function opens(name: string): void {
  open.push(name);
  back.follow(open.length);
}

function closes(): void {
  open.pop();
  back.follow(open.length);
}

function load(): void {
  back = new Back(session, closes);
  session.moved = () => back.moved();
  open = [];
  back.follow(0);
}

beforeEach(() => {
  session = new Session();
  load();
});

describe("the browser's Back", () => {
  it("closes what is open, and leaves the page when nothing is", () => {
    opens("dialog");
    session.press(-1);
    expect([open, session.at]).toEqual([[], 1]);
    session.press(-1);
    expect(session.state).toBe("elsewhere");
  });

  it("closes what is on top, and then what is below", () => {
    opens("dialog");
    opens("palette");
    session.press(-1);
    expect(open).toEqual(["dialog"]);
    session.press(-1);
    expect([open, session.at]).toEqual([[], 1]);
  });

  it("leaves the page at once when what was open has been closed by other means", () => {
    opens("dialog");
    closes();
    session.run();
    expect(session.at).toBe(1);
    opens("another");
    opens("palette");
    open = [];
    back.follow(0);
    session.run();
    expect(session.at).toBe(1);
  });

  it("closes what was opened before the step back of the last one was done", () => {
    opens("palette");
    closes();
    opens("dialog");
    session.run();
    expect([open, session.at]).toEqual([["dialog"], 2]);
    session.press(-1);
    expect([open, session.at]).toEqual([[], 1]);
  });

  it("is as if nothing had been open after a reload, and by Forward", () => {
    opens("dialog");
    load();
    session.run();
    expect(session.at).toBe(1);
    opens("dialog");
    session.press(-1);
    session.press(1);
    expect([open, session.at]).toEqual([[], 1]);
  });

  it("takes no other's entries for its own", () => {
    for (const state of [null, "over", { over: "1" }, { other: 1 }]) {
      session.entries = ["elsewhere", state];
      load();
      session.run();
      expect([state, session.at]).toEqual([state, 1]);
    }
  });

  it("closes what the program of a link takes the place of", () => {
    opens("dialog");
    session.pushState(null); // as the browser does for another part of the address behind the #
    session.moved();
    expect(open).toEqual([]);
    session.press(-1); // to the entry that the dialog had
    expect(session.at).toBe(1);
  });

  it("leaves the page where a browser takes no more entries", () => {
    session.pushState = () => {
      throw new Error("too many");
    };
    opens("dialog");
    closes();
    session.run();
    expect(session.at).toBe(1);
  });
});

describe("a step back that is another's", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is waited for, and not for ever", async () => {
    opens("dialog");
    session.entries.push("a frame's");
    closes();
    const settled = vi.fn();
    void back.settled().then(settled);
    await vi.advanceTimersByTimeAsync(1000);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(3000);
    expect(settled).toHaveBeenCalled();
    opens("another");
    expect(session.entries).toHaveLength(4); // the entry that was left over is this one's
    session.at = 1;
    session.moved();
    expect(open).toEqual([]);
  });

  it("is none when nothing was closed", async () => {
    await expect(back.settled()).resolves.toBeUndefined();
  });
});
