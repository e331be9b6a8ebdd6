import {
  type ClientOptions,
  type EndpointVerdict,
  goodTags,
  type PrefillReport,
  type ProbeOptions,
} from "../../../mod.ts";
import { onlyArgument } from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import { makeClient } from "../make_client.ts";
import { OFFER_COLUMNS } from "../output/offer_columns.ts";
import type { FlagKind } from "../../options/value_type.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { type RowColumn, showRows } from "../output/show_rows.ts";
import { UsageError } from "../usage_error.ts";

/** Flags that are options of a probe under the same names. */
const OPTIONS = {
  temperature: "number",
  maxCostUsd: "number",
  requestsPerMinute: "number",
  maxConcurrency: "number",
  timeoutMs: "number",
  cacheDir: "text",
  useCache: "boolean",
  baseUrl: "text",
} as const satisfies Partial<Record<keyof ProbeOptions, FlagKind>>;

const HELP =
  `Asks all who serve a model whether they go on with the beginning of a thought, and shows what they did.

Usage: rollouts probe MODEL [--seeds N]

Each is asked N times to go on in the middle of a thought, and N times in the middle of an answer. The
requests are paid, with at most 200 tokens of answer each. The report is kept in the cache
directory, and --verify-prefill goes by it.

      --seeds N         how often each question is asked (3)
      --json            as JSON
      --max-cost-usd --temperature --requests-per-minute --max-concurrency
      --timeout-ms --cache-dir --no-use-cache --base-url

THOUGHT and ANSWER say what became of each, and of what share of them the model went on:
continued; continued_in_content (told apart here); echoed (taken off here); misfiled (moved
back here); restarted; refused; unknown (it does not show its reasoning).

Exit codes: 0 somebody goes on, 1 nobody does.

The key stands in OPENROUTER_API_KEY.

Example: rollouts probe qwen/qwen3-32b --seeds 5`;

/** `rollouts probe`. */
export const PROBE_COMMAND: Command = {
  help: HELP,
  flags: { ...OPTIONS, seeds: "number", json: "boolean" },
  aliases: {},
  configured: Object.keys(OPTIONS),
  run: probe,
};

const COLUMNS: readonly RowColumn<EndpointVerdict>[] = [
  ...OFFER_COLUMNS,
  { head: "ROUTE", align: "left", cell: ({ route }) => route },
  {
    head: "THOUGHT",
    align: "left",
    cell: ({ outcome }) => outcome ?? "failed",
  },
  { head: "SHARE", align: "right", cell: ({ share }) => percent(share) },
  {
    head: "ANSWER",
    align: "left",
    cell: ({ answerOutcome }) => answerOutcome ?? "failed",
  },
  {
    head: "SHARE",
    align: "right",
    cell: ({ answerShare }) => percent(answerShare),
  },
  {
    head: "MS",
    align: "right",
    cell: ({ latencyMs }) => latencyMs === null ? "?" : `${latencyMs}`,
  },
];

async function probe(given: ReadFlags): Promise<number> {
  const model = onlyArgument(given, "one model");
  const { seeds, json, ...options } = given.flags;
  await using client = makeClient(
    { model, ...options } as unknown as ClientOptions,
  );
  const nSeeds = seeds as number | undefined;
  if (nSeeds !== undefined && !(Number.isInteger(nSeeds) && nSeeds > 0)) {
    throw new UsageError(`--seeds must be an integer over 0, got ${nSeeds}`);
  }
  const report = await client.probePrefill({ nSeeds });
  const preferences = preferencesOf(report);
  if (json) console.log(JSON.stringify({ ...report, preferences }, null, 2));
  else {
    await showRows(report.verdicts, COLUMNS, {});
    for (const { provider, problem } of report.verdicts) {
      if (problem !== null) console.error(`rollouts: ${provider}: ${problem}`);
    }
    console.error(
      `rollouts: ${report.requests} requests, $${report.costUsd.toFixed(6)}`,
    );
    for (const [route, provider] of Object.entries(preferences)) {
      const how = route === "completions" ? "--prefill-via completions " : "";
      console.log(`\n${how}--provider '${JSON.stringify(provider)}'`);
    }
  }
  if (Object.keys(preferences).length > 0) return 0;
  console.error(`rollouts: nobody who serves ${model} goes on with a thought`);
  return 1;
}

/** What to give for the option `provider`, by route. */
function preferencesOf(report: PrefillReport) {
  return Object.fromEntries(
    (["chat", "completions"] as const).flatMap((route) => {
      const only = goodTags(report, route);
      return only.length === 0 ? [] : [[route, { only }]];
    }),
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
