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
import { resolveBaseUrl } from "../../request/resolve_base_url.ts";
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

If no provider continues, those that start over are asked for a digit instead of an invented word, which a
weak model cannot complete. A server at --base-url that lists no providers is itself probed. If it still
does not continue and its kind is unknown, each value of --server is tried: at most 96 requests at N = 3.

Exit codes: 0 a provider continues the prefill, 1 none does.

The API key is read from OPENROUTER_API_KEY; a server at --base-url may need none.

Examples:
  rollouts probe qwen/qwen3-32b
  rollouts probe qwen/qwen3-235b-a22b --seeds 10 --max-cost-usd 0.50
  rollouts probe Qwen/Qwen3-8B --base-url http://127.0.0.1:8000/v1`,
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

/** A column for a server that is not OpenRouter. */
const SERVER_COLUMN: Column<ProbedEndpoint> = [
  "SERVER",
  "left",
  ({ server }) => server ?? "as set",
];

/** A column for a server that is not OpenRouter, or a weak model. */
const PROBE_COLUMN: Column<ProbedEndpoint> = [
  "PROBE",
  "left",
  ({ probe }) => probe,
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
  const host = new URL(resolveBaseUrl(options.baseUrl)).host;
  const preferences = preferencesOf(report, host);
  const flags = [
    ...Object.entries(preferences).map(([via, provider]) =>
      `${
        via === "completions" ? "--prefill-via completions " : ""
      }--provider '${JSON.stringify(provider)}'`
    ),
    ...serverFlags(report, host),
  ];
  if (json) {
    output.print(JSON.stringify({ ...report, preferences, flags }, null, 2));
  } else {
    const { endpoints } = report;
    const isServer = endpoints.some(({ tag }) => tag === host);
    const isWeak = endpoints.some(({ probe }) => probe === "digit");
    const columns = [
      ...COLUMNS,
      ...(isServer ? [SERVER_COLUMN] : []),
      ...(isServer || isWeak ? [PROBE_COLUMN] : []),
    ];
    await printTable(endpoints, columns, output);
    for (const { provider, error } of endpoints) {
      if (error !== null) output.log(`${provider}: ${error}`);
    }
    output.log(
      `${countNoun(report.requests, "request")}, ${formatUsd(report.costUsd)}`,
    );
    for (const line of flags) output.print(`\n${line}`);
  }
  if (flags.length > 0) return 0;
  output.log(`no provider of ${model} continues a prefill`);
  return 1;
}

/** Builds a value of the option `provider` for each way to send a prefill. */
function preferencesOf(report: PrefillReport, host: string) {
  return Object.fromEntries(
    VIAS.flatMap((via) => {
      const only = continuingProviders(report, via)
        .filter((tag) => tag !== host);
      return only.length === 0 ? [] : [[via, { only }]];
    }),
  );
}

/** Returns the flags with which a server that serves the model itself continues a prefill. */
function serverFlags({ endpoints, ...report }: PrefillReport, host: string) {
  return endpoints.filter(({ tag }) => tag === host).flatMap((endpoint) => {
    const { prefillVia, server } = endpoint;
    const usual = { ...report, endpoints: [{ ...endpoint, server: null }] };
    if (continuingProviders(usual, prefillVia).length === 0) return [];
    const flag = server === null ? "" : ` --server ${server}`;
    return [`--prefill-via ${prefillVia}${flag}`];
  });
}

const VIAS = ["chat", "completions"] as const;

function percent(rate: number): string {
  return `${Math.round(rate * 100)}%`;
}
