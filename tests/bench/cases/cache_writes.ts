import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import {
  type Contestant,
  contestantName,
  ROLLOUTS,
  ROLLOUTS_MAIN_THREAD,
} from "../contestant.ts";
import type { RequestTask } from "../contestants/task.ts";
import type { Row } from "../row.ts";
import { settleFiles } from "../settle_files.ts";

const BARE_WRITES: Contestant = {
  name: "bare loop that writes files",
  runtime: "Deno",
  file: "bare_writes.ts",
};

const IN_FLIGHT = 64;

/** (b) Requests whose answers are written to the cache. */
export async function cacheWrites(bench: Bench): Promise<Row[]> {
  const requests = bench.count(10_000);
  const contestants = [BARE_WRITES, ROLLOUTS, ROLLOUTS_MAIN_THREAD];
  const competitors = contestants.map((contestant) => ({
    name: contestantName(contestant),
    run: async () => {
      const task: RequestTask = {
        baseUrl: bench.server.baseUrl("http1", "4k"),
        requests,
        inFlight: IN_FLIGHT,
        warmUpRequests: 2 * IN_FLIGHT,
        cacheDir: bench.newPath(),
        workers: contestant.workers,
      };
      await settleFiles();
      // Keep the files until the end: removing them would keep the disk busy during the next
      // contestant.
      return await bench.run(contestant, task);
    },
  }));
  const setting = `${IN_FLIGHT} in flight, http1`;
  return comparedRows(await bench.compete(`b: ${setting}`, competitors), {
    letter: "b",
    setting,
    unit: "requests/s",
    reference: contestantName(BARE_WRITES),
    value: ({ seconds }) => requests / seconds,
    targets: { [contestantName(ROLLOUTS)]: { atLeast: 0.95 } },
  });
}
