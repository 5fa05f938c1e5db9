/** What tests play, and how they wait. */

import { vi } from "vitest";
import type { FinishedEvent } from "./wire.gen";

export function finished(more: Partial<FinishedEvent> = {}): FinishedEvent {
  return {
    type: "finished",
    success: true,
    output: "",
    error: "",
    status: "completed",
    return_code: 0,
    id: "run_1",
    signal: null,
    limit: null,
    executed: true,
    duration_ms: 840,
    usage: { cpu_ms: 12, peak_memory_bytes: 41 << 20, whole: true },
    truncated: { output_bytes_dropped: 0, error_bytes_dropped: 0, display_dropped: 0 },
    display: [],
    display_after: [],
    artifacts: [],
    artifacts_skipped: {},
    where: "sandbox",
    environment: "standard",
    ...more,
  };
}

/** By a clock that is played: until all that waits for none has come about. */
export async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}
