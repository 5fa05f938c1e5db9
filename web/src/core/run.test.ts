import { describe, expect, it } from "vitest";
import { after, isUnderWay, ProgramRun, type RunState } from "./run";
import type { InputMessage, Listener, Start, Transport } from "./transport";
import { finished } from "./testing";
import { statusOf } from "./words";
import type { ArtifactEvent, DisplayEvent, Event } from "./wire.gen";

const started: Event = { type: "started", id: "run_1", environment: "standard", where: "sandbox" };
const running: RunState = {
  kind: "running",
  where: "sandbox",
  since: 5,
  asking: null,
  isTyping: false,
  stopping: false,
};

class Played implements Transport {
  readonly where = "sandbox";
  readonly sent: InputMessage[] = [];
  listener: Listener | undefined;

  content() {
    return Promise.resolve({ problem: "nothing was made" });
  }

  start(_: Start, listener: Listener) {
    this.listener = listener;
    return { send: (message: InputMessage) => this.sent.push(message) };
  }
}

function begun(): { played: Played; run: ProgramRun; states: RunState[]; output: string[] } {
  const played = new Played();
  const states: RunState[] = [];
  const output: string[] = [];
  const listener = {
    state: (state: RunState) => states.push(state),
    output: (text: string) => output.push(text),
    shown: ({ bundle }: DisplayEvent) => output.push(`shown: ${bundle["text/plain"]}`),
    made: ({ path }: ArtifactEvent) => output.push(`made: ${path}`),
  };
  const run = new ProgramRun(played, { type: "start", code: "" }, listener, () => 5);
  return { played, run, states, output };
}

describe("a program that asks", () => {
  const asks = (prompt: string): RunState => ({ ...running, asking: prompt });
  const asking = (prompt: string, ...texts: string[]): unknown => {
    const state = texts.reduce((before, text) => after(before, { type: "terminal", text }, 9), asks(prompt));
    return state.kind === "running" && state.asking !== null;
  };

  it("goes on asking while its prompt comes, which may be later than the word of it", () => {
    expect(asking("Name? ", "Name? ")).toBe(true);
    expect(asking("Name? ", "Hello!\r\nName? ")).toBe(true);
    expect(asking("Name? ", "Hello!\r\nNa", "me? ")).toBe(true);
    expect(asking("Your\nname? ", "Your\r\n", "name? ")).toBe(true);
  });

  it("asks no more when it says something else", () => {
    expect(asking("Name? ", "Name? Hello, Ada\r\n")).toBe(false);
    expect(asking("Name? ", "!")).toBe(false);
    expect(asking("", "done\r\n")).toBe(false);
  });

  /** After each of these, which are sent or, as what is an event, come. */
  const prompts = (...steps: (string | Event)[]): unknown[] => {
    const { played, run } = begun();
    for (const event of [started, { type: "input_requested", prompt: "Name? " }] as Event[])
      played.listener?.event(event);
    return steps.map((step) => {
      if (typeof step === "string") run.send({ type: "stdin", text: step });
      else played.listener?.event(step);
      return run.state.kind === "running" && run.state.asking;
    });
  };
  const comes = (text: string): Event => ({ type: "terminal", text });

  it("goes on asking while somebody types, and while that is echoed", () => {
    expect(prompts("Z", comes("Z"), "\x7f", comes("\b \b"), "\x1b[D", comes("^[[D"))).toEqual(Array(6).fill("Name? "));
  });

  it("asks no more when what was typed is sent, ended or interrupted", () => {
    for (const end of ["\r", "\n", "\x03", "\x04", "Ada\r"])
      expect(prompts("Z", comes("Z"), end, comes("x"))).toEqual(["Name? ", "Name? ", null, null]);
  });

  it("asks no more when whole rows come while somebody types", () => {
    expect(prompts("Z", comes("Z"), comes("\r\nToo late.\r\n"))).toEqual(["Name? ", "Name? ", null]);
  });

  it("is asked anew after an answer", () => {
    const asks: Event = { type: "input_requested", prompt: "Age? " };
    expect(prompts("Ada\r", comes("Ada\r\n"), asks, comes("Age? "), comes("!"))).toEqual([
      null,
      null,
      "Age? ",
      "Age? ",
      null,
    ]);
  });
});

describe("the state of a run", () => {
  it("follows the events of the contract", () => {
    const { played, states, output } = begun();
    for (const event of [{ type: "queued", position: 2 }, started, { type: "terminal", text: "Hi" }] as Event[])
      played.listener?.event(event);
    played.listener?.event({ type: "input_requested", prompt: "Name? " });
    played.listener?.event({ type: "terminal", text: "!" });
    played.listener?.event(finished());
    expect(states.map((state) => state.kind)).toEqual([
      "starting",
      "queued",
      "running",
      "running",
      "running",
      "finished",
    ]);
    expect(states.map((state) => state.kind === "running" && state.asking)).toEqual([
      false,
      false,
      null,
      "Name? ",
      null,
      false,
    ]);
    expect(output).toEqual(["Hi", "!"]);
  });

  it("tells what is shown and made in the order of the text around", () => {
    const { played, output, states } = begun();
    const shown = { type: "display", bundle: { "text/plain": "2" }, display_id: null, update_of: null } as const;
    const made = { type: "artifact", path: "a.csv", size: 1, media_type: "text/csv", url: "/a" } as const;
    for (const event of [started, { type: "terminal", text: "a" }, shown, { type: "terminal", text: "b" }, made])
      played.listener?.event(event as Event);
    expect(output).toEqual(["a", "shown: 2", "b", "made: a.csv"]);
    expect(states.at(-1)?.kind).toBe("running");
  });

  it("does not change for output while nothing is asked, so that a flood costs no drawing", () => {
    expect(after(running, { type: "terminal", text: "x" }, 9)).toBe(running);
  });

  it("is over once, whatever comes late", () => {
    const over = after(running, finished(), 9);
    expect(after(over, started, 10)).toBe(over);
    expect(isUnderWay(over)).toBe(false);
  });

  it("says whether a lost run had begun", () => {
    for (const events of [[], [started]]) {
      const { played, run } = begun();
      for (const event of events) played.listener?.event(event);
      played.listener?.lost({ kind: "broken", message: "gone" });
      expect(run.state).toMatchObject({ kind: "lost", started: events.length > 0 });
    }
  });

  it("is being stopped as soon as somebody says so, however far it has come", () => {
    for (const events of [[], [{ type: "queued", position: 2 }], [started]] as Event[][]) {
      const { played, run } = begun();
      for (const event of events) played.listener?.event(event);
      run.stop();
      expect(statusOf(run.state, 0).text).toBe("Stopping…");
    }
    const { played, run } = begun();
    run.stop();
    played.listener?.event({ type: "queued", position: 2 });
    played.listener?.event(started);
    expect(statusOf(run.state, 0).text).toBe("Stopping…");
  });

  it("says of what could not be run whether it had been stopped before: then nobody wants it run elsewhere", () => {
    const refusal = { type: "refused", error: "Too many.", code: "busy" } as Event;
    for (const stopped of [true, false]) {
      const all = [begun(), begun()] as const;
      for (const { run } of all) if (stopped) run.stop();
      all[0].played.listener?.event(refusal);
      all[1].played.listener?.lost({ kind: "unreachable", message: "gone" });
      expect(all.map(({ run }) => run.state)).toMatchObject([
        { kind: "refused", stopped },
        { kind: "lost", stopped },
      ]);
    }
  });

  it("sends nothing when it is over", () => {
    const { played, run } = begun();
    run.stop();
    played.listener?.event(finished());
    run.stop();
    run.send({ type: "stdin", text: "late" });
    expect(played.sent).toEqual([{ type: "stop" }]);
  });
});
