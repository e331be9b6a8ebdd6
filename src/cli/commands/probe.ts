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
import { countNoun } from "../../util/count_noun.ts";
import { formatUsd } from "../../util/format_usd.ts";

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
  "server",
] as const satisfies readonly (keyof ProbeOptions)[];

/** Options of the client. */
const CLIENT_OPTIONS = ["sendKeyTo", "sendKey"] as const;

const FLAGS = {
  ...optionFlags([...PROBE_OPTIONS, ...CLIENT_OPTIONS]),
  seeds: "number",
  json: "boolean",
} as const;

/** `rollouts probe`. */
export const command: Command<typeof FLAGS> = {
  help: `Tests which providers of a model continue a prefill.

Usage: rollouts probe MODEL [--seeds N] [OPTIONS]

Sends each provider N prefills that stop in the middle of the reasoning, and N that stop in the middle of
the content. Only a provider that read a prefill can continue it. Requests are paid for, with at most 200
output tokens each. The report is stored in the cache directory, for --verify-prefill.

      --seeds N                number of requests per provider and prefill (default 3)
      --json                   print JSON
${flagHelp([...PROBE_OPTIONS, "sendKeyTo"])}
      --send-key               send the API key to the host of --base-url

The columns REASONING and CONTENT show the most frequent outcome of each prefill, and RATE how often the
model continued it: continued; continued_in_content (returned as content, separated here); echoed (after
the prefill, which is removed here); misfiled (returned as reasoning, moved here); restarted; refused;
unknown (reasoning is hidden).

Exit codes: 0 a provider continues the prefill, 1 none does.

The API key is read from OPENROUTER_API_KEY.

Examples:
  rollouts probe qwen/qwen3-32b
  rollouts probe qwen/qwen3-235b-a22b --seeds 10 --max-cost-usd 0.50`,
  flags: FLAGS,
  configured: [...PROBE_OPTIONS, ...CLIENT_OPTIONS],
  args: { min: 1, max: 1, what: "one model" },
  run: probe,
};

const COLUMNS: readonly Column<ProbedEndpoint>[] = [
  ...OFFER_COLUMNS,
  ["VIA", "left", ({ prefillVia }) => prefillVia],
  ["REASONING", "left", ({ reasoningOutcome }) => reasoningOutcome ?? "failed"],
  [
    "RATE",
    "right",
    ({ reasoningContinuationRate }) => percent(reasoningContinuationRate),
  ],
  ["CONTENT", "left", ({ contentOutcome }) => contentOutcome ?? "failed"],
  [
    "RATE",
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
    throw new UsageError(
      `--seeds must be an integer of 1 or more, got ${seeds}`,
    );
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
      `${countNoun(report.requests, "request")}, ${formatUsd(report.costUsd)}`,
    );
    for (const [via, provider] of Object.entries(preferences)) {
      const how = via === "completions" ? "--prefill-via completions " : "";
      output.print(`\n${how}--provider '${JSON.stringify(provider)}'`);
    }
  }
  if (Object.keys(preferences).length > 0) return 0;
  output.log(`no provider of ${model} continues a prefill`);
  return 1;
}

/** Builds a value of the option `provider` for each way to send a prefill. */
function preferencesOf(report: PrefillReport) {
  return Object.fromEntries(
    (["chat", "completions"] as const).flatMap((via) => {
      const only = continuingProviders(report, via);
      return only.length === 0 ? [] : [[via, { only }]];
    }),
  );
}

function percent(rate: number): string {
  return `${Math.round(rate * 100)} %`;
}
