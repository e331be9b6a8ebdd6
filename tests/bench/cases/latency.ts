import type { Bench } from "../bench.ts";
import {
  BARE,
  type Contestant,
  contestantName,
  ROLLOUTS,
} from "../contestant.ts";
import type { RequestTask } from "../contestants/task.ts";
import { DenoServer } from "../deno_server.ts";
import { type Row, row } from "../row.ts";

const LATENCY_MS = 1000;
const IN_FLIGHT = 1000;

/** The number of rounds: the case takes seconds, so a few are enough. */
const MAX_ROUNDS = 3;

/** (d) 1,000 requests in flight whose answers take a second, compared with the ideal time. */
export async function latency(bench: Bench): Promise<Row[]> {
  await using server = await DenoServer.start({ latencyMs: LATENCY_MS });
  const waves = bench.isQuick ? 2 : 5;
  const task: RequestTask = {
    baseUrl: server.baseUrl("http1", "4k"),
    requests: waves * IN_FLIGHT,
    inFlight: IN_FLIGHT,
    warmUpRequests: IN_FLIGHT,
    cacheDir: null,
  };
  const competitors = [BARE, ROLLOUTS].map((contestant) => ({
    name: contestantName(contestant),
    run: () => bench.run(contestant, task),
  }));
  const setting = `${task.requests.toLocaleString("en-US")} requests of 1 s, ` +
    `${IN_FLIGHT.toLocaleString("en-US")} in flight`;
  const results = await bench.compete(`d: ${setting}`, competitors, {
    rounds: Math.min(MAX_ROUNDS, bench.rounds),
  });
  const idealSeconds = waves * LATENCY_MS / 1000;
  const seconds = (contestant: Contestant) =>
    results.get(contestantName(contestant))!.map(({ seconds }) => seconds);
  const ideal = {
    name: `ideal (${idealSeconds} s)`,
    rounds: seconds(BARE).map(() => idealSeconds),
  };
  const bare = { name: contestantName(BARE), rounds: seconds(BARE) };
  const common = { letter: "d", setting, unit: "s" } as const;
  const ours = {
    ...common,
    contestant: contestantName(ROLLOUTS),
    rounds: seconds(ROLLOUTS),
  };
  return [
    row({
      ...common,
      contestant: bare.name,
      rounds: bare.rounds,
      reference: ideal,
    }),
    row({ ...ours, reference: ideal, target: { atMost: 1.05 } }),
    row({ ...ours, reference: bare }),
  ];
}
