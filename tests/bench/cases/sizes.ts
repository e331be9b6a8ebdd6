import { ANSWER_BYTES, type AnswerSize } from "../answer_size.ts";
import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import { BARE, contestantName, ROLLOUTS } from "../contestant.ts";
import type { RequestTask } from "../contestants/task.ts";
import type { Row } from "../row.ts";

const IN_FLIGHT = 64;

/** A number of requests that takes a second or two. */
const REQUESTS: Readonly<Record<AnswerSize, number>> = {
  "4k": 12_000,
  "64k": 3000,
  "1m": 300,
};

/** (h) Answers of several sizes. */
export async function sizes(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of Object.keys(ANSWER_BYTES) as AnswerSize[]) {
    const task: RequestTask = {
      baseUrl: bench.server.baseUrl("http1", size),
      requests: bench.count(REQUESTS[size]),
      inFlight: IN_FLIGHT,
      warmUpRequests: IN_FLIGHT,
      cacheDir: null,
    };
    const competitors = [BARE, ROLLOUTS].map((contestant) => ({
      name: contestantName(contestant),
      run: () => bench.run(contestant, task),
    }));
    const kib = Math.round(ANSWER_BYTES[size] / 1024).toLocaleString("en-US");
    const setting = `answers of ${kib} KiB, ${IN_FLIGHT} in flight, http1`;
    const results = await bench.compete(`h: ${setting}`, competitors);
    rows.push(...comparedRows(results, {
      letter: "h",
      setting,
      unit: "requests/s",
      reference: contestantName(BARE),
      value: ({ seconds }) => task.requests / seconds,
    }));
  }
  return rows;
}
