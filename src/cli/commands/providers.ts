import type { EndpointInfo } from "../../../mod.ts";
import { listModelIds, suggestModel } from "../../client/suggest_model.ts";
import { resolveBaseUrl } from "../../request/resolve_base_url.ts";
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
  help: `Lists the providers of a model, with prices per million tokens.

Usage: rollouts providers MODEL [OPTIONS]

Pass a TAG to --provider: --provider '{"only": ["TAG"]}'. UP is the share of requests that succeeded in
the last 30 minutes.

${CATALOG_HELP}

Examples:
  rollouts providers qwen/qwen3-30b-a3b
  rollouts providers qwen/qwen3-30b-a3b --json`,
  flags: CATALOG_FLAGS,
  configured: ["baseUrl"],
  args: { min: 1, max: 1, what: "one model" },
  run: async ({ flags, args: [model], output }) => {
    const catalog = await openCatalog(flags);
    const endpoints = await catalog.endpoints(model!).catch(async (error) => {
      const baseUrl = resolveBaseUrl(flags.baseUrl);
      const listModels = () => listModelIds(baseUrl);
      const meant = await suggestModel(error, { model: model!, listModels });
      if (meant !== null) output.log(`did you mean "${meant}"?`);
      throw error;
    });
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
      uptimePercent === null ? "?" : `${uptimePercent.toFixed(1)}%`,
  ],
  [
    "STATUS",
    "left",
    ({ status }) => status === 0 ? "ok" : `${status ?? "?"}`,
  ],
];
