import type { Transport } from "../answer_server.ts";
import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import {
  AI_SDK,
  BARE,
  type Contestant,
  contestantName,
  onNode,
  OPENAI,
  OPENROUTER_SDK,
  ROLLOUTS,
  ROLLOUTS_MAIN_THREAD,
  ROLLOUTS_PYTHON,
} from "../contestant.ts";
import type { RequestTask } from "../contestants/task.ts";
import type { Row, Target } from "../row.ts";

/** A contestant, and a number of requests that takes it a second or two. */
type Entrant = readonly [contestant: Contestant, requests: number];

const ENTRANTS: readonly Entrant[] = [
  [BARE, 12_000],
  [ROLLOUTS, 12_000],
  [ROLLOUTS_MAIN_THREAD, 12_000],
  [OPENAI, 5000],
  [OPENROUTER_SDK, 3000],
  [AI_SDK, 2000],
  [onNode(BARE), 6000],
  [onNode(ROLLOUTS), 8000],
  [onNode(OPENAI), 3000],
  [onNode(OPENROUTER_SDK), 1500],
  [onNode(AI_SDK), 1000],
  [ROLLOUTS_PYTHON, 200],
];

/** The contestants that also run with hundreds of requests in flight. */
const MANY_IN_FLIGHT: readonly string[] = [
  ...[BARE, ROLLOUTS, ROLLOUTS_MAIN_THREAD, OPENAI],
  ...[BARE, ROLLOUTS, OPENAI].map(onNode),
].map(contestantName);

/** The targets of this client's speed, compared with the bare loop on Deno. */
const TARGETS: Readonly<
  Record<Transport, Readonly<Record<number, readonly Target[]>>>
> = {
  http1: {
    64: [{ atLeast: 0.85 }, { atLeast: 0.9 }],
    512: [{ atLeast: 1.1 }, { atLeast: 0.88 }],
  },
  "tls-h2": { 64: [{ atLeast: 0.9 }], 512: [{ atLeast: 0.9 }] },
};

/** The targets compared with other clients on the same runtime. */
const OTHER_TARGETS = [
  { of: ROLLOUTS, to: OPENAI, atLeast: 3 },
  { of: onNode(ROLLOUTS), to: onNode(BARE), atLeast: 1.8 },
  { of: onNode(ROLLOUTS), to: onNode(OPENAI), atLeast: 4 },
];

/** (a) The speed of requests without a cache, and (g) their CPU time. */
export async function cold(bench: Bench): Promise<Row[]> {
  const all = ENTRANTS.filter(([contestant]) => bench.has(contestant));
  const some = all.filter(([contestant]) =>
    MANY_IN_FLIGHT.includes(contestantName(contestant))
  );
  const rows: Row[] = [];
  for (const transport of bench.server.transports) {
    rows.push(
      ...await compare(bench, all, { transport, inFlight: 64 }),
      ...await compare(bench, some, { transport, inFlight: 512 }),
    );
  }
  return rows;
}

async function compare(
  bench: Bench,
  entrants: readonly Entrant[],
  { transport, inFlight }: {
    readonly transport: Transport;
    readonly inFlight: number;
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
      workers: contestant.workers,
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
  const ours = [ROLLOUTS, ROLLOUTS_MAIN_THREAD].map(contestantName);
  const targets = TARGETS[transport][inFlight]!;
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
      targets: Object.fromEntries(
        targets.map((target, index) => [ours[index], target]),
      ),
      notes,
    }),
    ...OTHER_TARGETS.filter(({ of, to }) =>
      results.has(contestantName(of)) && results.has(contestantName(to))
    ).flatMap(({ of, to, atLeast }) =>
      comparedRows(results, {
        ...speed,
        reference: contestantName(to),
        targets: { [contestantName(of)]: { atLeast } },
        only: [contestantName(of)],
      })
    ),
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
