import type { LiveState } from "../../../src/viewer/view_data.ts";

/** Two runs in progress: one with a budget, one that reads its prompts from stdin. */
export const LIVE: LiveState = {
  processes: 3,
  inFlight: 1_192,
  lastMinute: { samples: 1_240, costUsd: 0.18 },
  runs: [
    {
      id: "first",
      dataSet: "math.jsonl",
      model: "qwen/qwen3-30b-a3b",
      total: 100_000,
      done: 40_210,
      cached: 12_000,
      failed: 3,
      costUsd: 12.3,
      maxCostUsd: 50,
      secondsLeft: 5_400,
    },
    {
      id: "second",
      dataSet: null,
      model: null,
      total: null,
      done: 10,
      cached: 0,
      failed: 0,
      costUsd: 0.0123,
      maxCostUsd: null,
      secondsLeft: null,
    },
  ],
};

/** What the page shows of them. */
export const LIVE_TEXT = [
  "In progress",
  ...["Sampling processes", "3", "Requests in flight", "1,192"],
  ...["Samples, last minute", "1,240", "Cost, last minute", "$0.1800"],
  "math.jsonl qwen/qwen3-30b-a3b",
  ...["Samples done", "40,210 of 100,000", "From the cache", "12,000"],
  ...["Failed", "3", "Spent of limit", "$12.30 of $50.00"],
  ...["Time left", "about 90 min"],
  "Prompts from stdin",
  ...["Samples done", "10", "From the cache", "0", "Spent", "$0.0123"],
  ...["Time left", "unknown"],
].join("\n");
