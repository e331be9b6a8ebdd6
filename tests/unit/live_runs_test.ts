import { assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { inFlightLine } from "../../src/cache/holder_file.ts";
import { LiveRuns } from "../../src/viewer/live_runs.ts";
import { TempDir } from "../support/temp_dir.ts";

const OWNER = ".owner-1b0f9a52-0000-4000-8000-000000000000";
const RUN = ".run-1b0f9a52-0000-4000-8000-000000000000.json";

const STATUS = {
  dataSet: "math.jsonl",
  model: "qwen/qwq-32b",
  total: 1_000,
  done: 300,
  cached: 100,
  failed: 20,
  costUsd: 1.5,
  maxCostUsd: 10,
  elapsedMs: 60_000,
};

/** A cache directory with files that processes change. */
class Directory extends TempDir {
  #modifiedS = 1_700_000_000;
  nowMs = 0;

  async change(name: string, text: string): Promise<void> {
    const file = join(this.path, name);
    await Deno.writeTextFile(file, text);
    await Deno.utime(file, ++this.#modifiedS, this.#modifiedS);
  }

  live(): LiveRuns {
    return new LiveRuns([this.path], () => this.nowMs);
  }
}

function owner(inFlight: number): string {
  return `id locked\n${inFlightLine(inFlight)}`;
}

Deno.test("LiveRuns.state() shows processes and runs whose files change", async () => {
  await using dir = new Directory();
  const live = dir.live();
  await dir.change(OWNER, owner(7));
  await dir.change(RUN, JSON.stringify(STATUS));
  // They may have been left by killed processes.
  assertEquals(live.state(), null);
  await dir.change(OWNER, owner(12));
  assertEquals(live.state(), {
    processes: 1,
    inFlight: 12,
    lastMinute: null,
    runs: [],
  });
  await dir.change(RUN, JSON.stringify(STATUS));
  const { elapsedMs: _, ...run } = STATUS;
  // 220 new ones in a minute, and 680 to go.
  assertEquals(live.state()?.runs, [{ ...run, id: RUN, secondsLeft: 186 }]);
  dir.nowMs += 10_000;
  assertEquals(live.state()?.processes, 1);
  dir.nowMs += 1;
  assertEquals(live.state(), null);
});

Deno.test("LiveRuns.state() does not show runs that ended between calls", async () => {
  await using dir = new Directory();
  const live = dir.live();
  await dir.change(OWNER, owner(1));
  live.state();
  await dir.change(OWNER, owner(2));
  dir.nowMs += 10_001;
  assertEquals(live.state(), null);
  await dir.change(OWNER, owner(3));
  assertEquals(live.state()?.inFlight, 3);
});

Deno.test("LiveRuns.state() ignores files with any other content, and what is not a file", async () => {
  await using dir = new Directory();
  const texts = [
    "",
    "{",
    "null",
    "[1]",
    JSON.stringify({ ...STATUS, done: -1 }),
    JSON.stringify({ ...STATUS, total: "<b>9</b>" }),
    JSON.stringify({ ...STATUS, costUsd: null }),
    `{"a":"${"x".repeat(5_000)}"}`,
  ];
  for (const text of texts) {
    const live = dir.live();
    await dir.change(RUN, text);
    live.state();
    await dir.change(RUN, text);
    assertEquals(live.state(), null, text.slice(0, 40));
  }
  await dir.change(OWNER, "an older version\n");
  const live = dir.live();
  live.state();
  await dir.change(OWNER, "an older version\n");
  assertEquals(live.state()?.inFlight, null);
  await Deno.remove(join(dir.path, OWNER));
  await Deno.mkdir(join(dir.path, OWNER));
  await Deno.remove(join(dir.path, RUN));
  await Deno.symlink(join(dir.path, "elsewhere"), join(dir.path, RUN));
  live.state();
  assertEquals(live.state(), null);
});

Deno.test("LiveRuns.sumUp() counts the samples of the minute before the last heartbeat", async () => {
  await using dir = new Directory();
  const live = dir.live();
  await dir.change(OWNER, owner(1));
  live.state();
  const now = Math.floor(Date.now() / 1_000);
  await Deno.utime(join(dir.path, OWNER), now, now);
  for (const [secondsAgo, costUsd] of [[-1, 8], [0, 1], [59, null], [60, 4]]) {
    live.addSample((now - secondsAgo!) * 1_000, costUsd!);
  }
  assertEquals(live.state()?.lastMinute, null);
  live.sumUp();
  assertEquals(live.state()?.lastMinute, { samples: 2, costUsd: 1 });
});
