import type { EndpointInfo } from "../../../mod.ts";
import { onlyArgument } from "../flags/cache_flags.ts";
import {
  CATALOG_FLAGS,
  CATALOG_HELP,
  catalogOf,
  shownTokens,
} from "../flags/catalog_flags.ts";
import type { Command } from "../command.ts";
import { OFFER_COLUMNS } from "../output/offer_columns.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { type RowColumn, showRows } from "../output/show_rows.ts";

const HELP =
  `Shows the providers that serve a model, with prices for a million tokens.

Usage: rollouts providers MODEL

A TAG is what --provider takes: --provider '{"only": ["TAG"]}'. UP is the share of the requests
of the last 30 minutes that were answered.

${CATALOG_HELP}

Example: rollouts providers qwen/qwen3-30b-a3b`;

/** `rollouts providers`. */
export const PROVIDERS_COMMAND: Command = {
  help: HELP,
  flags: CATALOG_FLAGS,
  aliases: {},
  configured: ["baseUrl"],
  run: showProviders,
};

async function showProviders(given: ReadFlags): Promise<number> {
  const model = onlyArgument(given, "one model");
  const endpoints = await catalogOf(given).endpoints(model);
  await showRows(endpoints, COLUMNS, given.flags);
  return 0;
}

const COLUMNS: readonly RowColumn<EndpointInfo>[] = [
  ...OFFER_COLUMNS,
  {
    head: "CONTEXT",
    align: "right",
    cell: (endpoint) => shownTokens(endpoint.contextTokens),
  },
  {
    head: "ANSWER",
    align: "right",
    cell: (endpoint) => shownTokens(endpoint.maxCompletionTokens),
  },
  {
    head: "UP",
    align: "right",
    cell: ({ uptimePercent }) =>
      uptimePercent === null ? "?" : `${uptimePercent.toFixed(1)} %`,
  },
  {
    head: "STATUS",
    align: "left",
    cell: ({ status }) => status === 0 ? "well" : `${status ?? "?"}`,
  },
];
