/** A Python of its own for each program, which is started ahead of it. */

import type { Distribution } from "./distribution";
import type { FromWorker, ToWorker } from "./messages";
import { keepSnapshot, keptSnapshot } from "./snapshots";

/** A worker, from its start to its one program. */
export class Interpreter {
  #isReady = false;
  readonly distribution: Distribution;
  readonly worker: Worker;
  /** Fails when it could not start, or was ended before it had. */
  readonly ready: Promise<void>;
  #endBeforeReady: (reason: Error) => void = () => undefined;
  hear: (message: FromWorker) => void = () => undefined;
  fail: (message: string) => void = () => undefined;

  constructor(distribution: Distribution) {
    this.distribution = distribution;
    this.worker = new Worker(new URL("./python.worker.ts", import.meta.url), { type: "module", name: "python" });
    this.ready = new Promise((resolve, reject) => {
      this.#endBeforeReady = reject;
      this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === "ready") {
          if (this.#isReady) return; // said a second time, it is not ours
          this.#isReady = true;
          resolve();
          if (data.snapshot !== null && distribution.build !== null)
            void keepSnapshot(distribution.build, data.snapshot);
        } else if (data.kind === "failed") {
          reject(new Error(data.message));
          this.fail(data.message);
        } else this.hear(data);
      };
      this.worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
        this.fail(event.message);
      };
    });
    this.ready.catch(() => undefined); // whoever runs something on it hears of it
    void this.#boot();
  }

  async #boot(): Promise<void> {
    const { base, build } = this.distribution;
    const snapshot = build === null ? null : await keptSnapshot(build);
    this.tell({
      kind: "boot",
      base,
      isOurs: build !== null,
      snapshot,
      makeSnapshot: build !== null && snapshot === null,
    });
  }

  tell(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  end(): void {
    this.worker.terminate();
    this.#endBeforeReady(new Error("it was ended"));
  }
}
