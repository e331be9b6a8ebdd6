import { assertEquals } from "@std/assert";
import { logProgress } from "../../src/cli/output/log_progress.ts";
import { FakeClock } from "../support/fake_clock.ts";

Deno.test("logProgress() logs a line per minute until it is disposed of", async () => {
  const clock = new FakeClock();
  const lines: string[] = [];
  const progress = () => ({
    total: 400,
    done: 10,
    cached: 4,
    failed: 0,
    inFlight: 60,
    inFlightLimit: 64,
    costUsd: 0.0123,
    prompts: 2,
    elapsedMs: clock.now(),
  });
  const options = { clock, log: (line: string) => lines.push(line) };
  {
    using _ = logProgress(progress, options);
    await clock.advance(59_999);
    assertEquals(lines, []);
    await clock.advance(60_001);
  }
  await clock.advance(600_000);
  const text = (rate: string, left: string) =>
    `10/400 | 2 prompts | 4 cached, 0 failed | 60 of 64 in flight | ${rate}/s | ${left} left | $0.0123`;
  assertEquals(lines, [
    text("0.1", "1 h 5 min"),
    text("0.1", "2 h 10 min"),
  ]);
  assertEquals(clock.sleeping, 0);
});
