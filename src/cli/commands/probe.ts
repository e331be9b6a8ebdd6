import {
  continuingProviders,
  type PrefillReport,
  type ProbedEndpoint,
  type ProbeOptions,
} from "../../../mod.ts";
import type { Command, CommandInput } from "../command.ts";
import { flagHelp, optionFlags } from "../flags/option_flags.ts";
import { makeClient } from "../make_client.ts";
import { OFFER_COLUMNS } from "../output/offer_columns.ts";
import { type Column, printTable } from "../output/print_table.ts";
import { UsageError } from "../usage_error.ts";

/** Options of a probe that are flags of the same names. */
const PROBE_OPTIONS = [
  "temperature",
  "maxCostUsd",
  "requestsPerMinute",
  "maxConcurrency",
  "timeoutMs",
  "cacheDir",
  "useCache",
  "baseUrl",
] as const satisfies readonly (keyof ProbeOptions)[];

const FLAGS = {
  ...optionFlags(PROBE_OPTIONS),
  seeds: "number",
  json: "boolean",
} as const;

/** `rollouts probe`. */
export const command: Command<typeof FLAGS> = {
  help:
    `Asks all who serve a model whether they go on with the beginning of a thought, and shows what they did.

Usage: rollouts probe MODEL [--seeds N]

Each is asked N times to go on in the middle of a thought, and N times in the middle of an answer. The
requests are paid, with at most 200 tokens of answer each. The report is kept in the cache
directory, and --verify-prefill goes by it.

      --seeds N                how often each question is asked (3)
      --json                   as JSON
${flagHelp(PROBE_OPTIONS)}

THOUGHT and ANSWER say what became of each, and of what share of them the model went on:
continued; continued_in_content (told apart here); echoed (taken off here); misfiled (moved
back here); restarted; refused; unknown (it does not show its reasoning).

Exit codes: 0 somebody goes on, 1 nobody does.

The key stands in OPENROUTER_API_KEY.

Example: rollouts probe qwen/qwen3-32b --seeds 5`,
  flags: FLAGS,
  configured: PROBE_OPTIONS,
  args: { min: 1, max: 1, what: "one model" },
  run: probe,
};

const COLUMNS: readonly Column<ProbedEndpoint>[] = [
  ...OFFER_COLUMNS,
  ["ROUTE", "left", ({ prefillVia }) => prefillVia],
  ["THOUGHT", "left", ({ reasoningOutcome }) => reasoningOutcome ?? "failed"],
  [
    "SHARE",
    "right",
    ({ reasoningContinuationRate }) => percent(reasoningContinuationRate),
  ],
  ["ANSWER", "left", ({ contentOutcome }) => contentOutcome ?? "failed"],
  [
    "SHARE",
    "right",
    ({ contentContinuationRate }) => percent(contentContinuationRate),
  ],
  ["MS", "right", ({ latencyMs }) => latencyMs === null ? "?" : `${latencyMs}`],
];

async function probe(
  { flags: { seeds, json, ...options }, args: [model], output }: CommandInput<
    typeof FLAGS
  >,
): Promise<number> {
  if (seeds !== undefined && !(Number.isInteger(seeds) && seeds > 0)) {
    throw new UsageError(`--seeds must be an integer over 0, got ${seeds}`);
  }
  await using client = await makeClient({ model, ...options }, output);
  const report = await client.probePrefill({ nSeeds: seeds });
  const preferences = preferencesOf(report);
  if (json) {
    output.print(JSON.stringify({ ...report, preferences }, null, 2));
  } else {
    await printTable(report.endpoints, COLUMNS, output);
    for (const { provider, error } of report.endpoints) {
      if (error !== null) output.log(`${provider}: ${error}`);
    }
    output.log(
      `${report.requests} requests, $${report.costUsd.toFixed(6)}`,
    );
    for (const [route, provider] of Object.entries(preferences)) {
      const how = route === "completions" ? "--prefill-via completions " : "";
      output.print(`\n${how}--provider '${JSON.stringify(provider)}'`);
    }
  }
  if (Object.keys(preferences).length > 0) return 0;
  output.log(`nobody who serves ${model} goes on with a thought`);
  return 1;
}

/** Builds a value for the option `provider`, by route. */
function preferencesOf(report: PrefillReport) {
  return Object.fromEntries(
    (["chat", "completions"] as const).flatMap((route) => {
      const only = continuingProviders(report, route);
      return only.length === 0 ? [] : [[route, { only }]];
    }),
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
