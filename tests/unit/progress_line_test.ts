import { assert, assertEquals } from "@std/assert";
import { progressLine } from "../../src/client/progress_line.ts";

const PROGRESS = {
  total: 400,
  done: 240,
  cached: 80,
  failed: 2,
  inFlight: 60,
  inFlightLimit: 64,
  costUsd: 0.0123,
  elapsedMs: 27_000,
};
const LARGE = {
  ...PROGRESS,
  total: 1_000_000,
  done: 242_000,
  cached: 80_000,
  costUsd: 1234.5678,
  prompts: 2_420,
  elapsedMs: 3_600_000,
};

Deno.test("progressLine() keeps samples, time left, and cost at every width", () => {
  const line = (width: number) => progressLine(PROGRESS, width);
  assertEquals(
    line(119),
    "███████████████░░░░░░░░░ 242/400 | 80 cached, 2 failed | 60 of 64 in flight | 6.0/s | 27 s left | $0.0123",
  );
  assertEquals(
    line(79),
    "███████████░░░░░░░░ 242/400 | 80 cached, 2 failed | 6.0/s | 27 s left | $0.0123",
  );
  assertEquals(
    line(59),
    "███████████████░░░░░░░░░ 242/400 | 27 s left | $0.0123",
  );
  assertEquals(line(35), "242/400 | 27 s left | $0.0123");
  assertEquals(line(20), "242/400 | $0.0123");
  assertEquals(line(9), "242/400");
  assertEquals(line(5), "242/4");
});

Deno.test("progressLine() fits any width, and fills the bar by the finished samples", () => {
  for (const progress of [PROGRESS, LARGE, { ...LARGE, total: null }]) {
    for (let width = 1; width < 200; width++) {
      assert(progressLine(progress, width).length <= width);
    }
  }
  assertEquals(
    progressLine(LARGE, 79),
    "██████░░░░░░░░░░░░░░░░░░ 242002/1000000 | 4 h 40 min left | $1234.5678",
  );
  const done = { ...PROGRESS, done: 398 };
  assert(
    progressLine(done, 60).startsWith("████████████████████████ 400/400 | "),
  );
});

Deno.test("progressLine() without a total or new samples shows no bar and no time left", () => {
  const unknown = { ...PROGRESS, total: null, prompts: 3 };
  assertEquals(
    progressLine(unknown, 119),
    "242 | 3 prompts | 80 cached, 2 failed | 60 of 64 in flight | 6.0/s | … | $0.0123",
  );
  const start = { ...PROGRESS, done: 80, failed: 0, elapsedMs: 0 };
  assertEquals(
    progressLine(start, 59),
    "███░░░░░░░░░░░░░ 80/400 | 80 cached, 0 failed | … | $0.0123",
  );
});
