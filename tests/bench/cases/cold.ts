import type { Transport } from "../answer_server.ts";
import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import {
  AI_SDK,
  BARE,
  type Contestant,
  contestantName,
  OPENAI,
  OPENROUTER_SDK,
  ROLLOUTS,
  ROLLOUTS_PYTHON,
} from "../contestant.ts";
import type { RequestTask } from "../contestants/task.ts";
import type { Row } from "../row.ts";

/** A contestant, and a number of requests that takes it a second or two. */
type Entrant = readonly [contestant: Contestant, requests: number];

const ENTRANTS: readonly Entrant[] = [
  [BARE, 12_000],
  [ROLLOUTS, 12_000],
  [OPENAI, 5000],
  [OPENROUTER_SDK, 3000],
  [AI_SDK, 2000],
  [onNode(BARE), 8000],
  [onNode(OPENAI), 4000],
  [onNode(OPENROUTER_SDK), 3000],
  [onNode(AI_SDK), 2000],
  [ROLLOUTS_PYTHON, 200],
];

/** The contestants that also run with hundreds of requests in flight. */
const MANY_IN_FLIGHT: readonly Contestant[] = [BARE, ROLLOUTS, OPENAI];

/** (a) The speed of requests without a cache, and (g) their CPU time. */
export async function cold(bench: Bench): Promise<Row[]> {
  const all = ENTRANTS.filter(([contestant]) => bench.has(contestant));
  const some = all.filter(([contestant]) =>
    MANY_IN_FLIGHT.includes(contestant)
  );
  const rows: Row[] = [];
  for (const transport of bench.server.transports) {
    rows.push(
      ...await compare(bench, all, { transport, inFlight: 64, atLeast: 0.9 }),
      ...await compare(bench, some, { transport, inFlight: 512, atLeast: 1.2 }),
    );
  }
  return rows;
}

function onNode(contestant: Contestant): Contestant {
  return { ...contestant, runtime: "Node" };
}

async function compare(
  bench: Bench,
  entrants: readonly Entrant[],
  { transport, inFlight, atLeast }: {
    readonly transport: Transport;
    readonly inFlight: number;
    readonly atLeast: number;
  },
): Promise<Row[]> {
  const setting = `${inFlight} in flight, ${transport}`;
  const requests = new Map<string, number>();
  const notes = new Map<string, string>();
  const competitors = entrants.map(([contestant, full]) => {
    const name = contestantName(contestant);
    const task: RequestTask = {
      baseUrl: bench.server.baseUrl(transport, "4k"),
      requests: bench.count(full),
      inFlight,
      warmUpRequests: 2 * inFlight,
      cacheDir: null,
    };
    requests.set(name, task.requests);
    const run = async () => {
      bench.server.takeProtocols();
      const measurement = await bench.run(contestant, task);
      notes.set(name, connections(bench.server.takeProtocols()));
      return measurement;
    };
    return { name, run };
  });
  const results = await bench.compete(`a: ${setting}`, competitors);
  const reference = contestantName(BARE);
  const ours = contestantName(ROLLOUTS);
  const speed = {
    letter: "a",
    setting,
    unit: "requests/s",
    value: ({ seconds }, name) => requests.get(name)! / seconds,
  } as const satisfies Partial<Parameters<typeof comparedRows>[1]>;
  return [
    ...comparedRows(results, {
      ...speed,
      reference,
      targets: { [ours]: { atLeast } },
      notes,
    }),
    ...comparedRows(results, {
      ...speed,
      reference: contestantName(OPENAI),
      targets: { [ours]: { atLeast: 3 } },
      only: [ours],
    }),
    ...comparedRows(results, {
      letter: "g",
      setting,
      unit: "CPU s/1,000 requests",
      reference,
      value: ({ cpuSeconds }, name) => 1000 * cpuSeconds / requests.get(name)!,
    }),
  ];
}

/** Describes what the server saw, such as `HTTP/2.0, 2 connections`. */
function connections(protocols: readonly string[] | null): string {
  if (protocols === null) return "";
  const names = [...new Set(protocols)].join(" and ");
  const { length } = protocols;
  return `${names}, ${length} connection${length === 1 ? "" : "s"}`;
}
