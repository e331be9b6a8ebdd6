import type { EndpointInfo } from "../../../mod.ts";
import type { Command } from "../command.ts";
import {
  CATALOG_FLAGS,
  CATALOG_HELP,
  openCatalog,
} from "../flags/catalog_flags.ts";
import { formatCount } from "../output/format_values.ts";
import { OFFER_COLUMNS } from "../output/offer_columns.ts";
import { type Column, printRows } from "../output/print_table.ts";

/** `rollouts providers`. */
export const command: Command<typeof CATALOG_FLAGS> = {
  help:
    `Shows the providers that serve a model, with prices for a million tokens.

Usage: rollouts providers MODEL

A TAG is what --provider takes: --provider '{"only": ["TAG"]}'. UP is the share of the requests
of the last 30 minutes that were answered.

${CATALOG_HELP}

Example: rollouts providers qwen/qwen3-30b-a3b`,
  flags: CATALOG_FLAGS,
  configured: ["baseUrl"],
  args: { min: 1, max: 1, what: "one model" },
  run: async ({ flags, args: [model], output }) => {
    const catalog = await openCatalog(flags);
    const endpoints = await catalog.endpoints(model!);
    await printRows(endpoints, COLUMNS, { json: flags.json, output });
    return 0;
  },
};

const COLUMNS: readonly Column<EndpointInfo>[] = [
  ...OFFER_COLUMNS,
  ["CONTEXT", "right", (endpoint) => formatCount(endpoint.contextTokens)],
  ["ANSWER", "right", (endpoint) => formatCount(endpoint.maxCompletionTokens)],
  [
    "UP",
    "right",
    ({ uptimePercent }) =>
      uptimePercent === null ? "?" : `${uptimePercent.toFixed(1)} %`,
  ],
  [
    "STATUS",
    "left",
    ({ status }) => status === 0 ? "well" : `${status ?? "?"}`,
  ],
];
