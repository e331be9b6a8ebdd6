import {
  CATALOGUE_FLAGS,
  CATALOGUE_HELP,
  catalogueOf,
  shownPrice,
  shownTokens,
} from "./catalogue_flags.ts";
import type { Command } from "./command.ts";
import { printTable } from "./print_table.ts";
import type { ReadFlags } from "./read_flags.ts";
import { UsageError } from "./usage_error.ts";

const HELP =
  `Shows the providers that serve a model, with prices for a million tokens.

Usage: rollouts providers MODEL

A TAG is what --provider takes: --provider '{"only": ["TAG"]}'. UP is the share of the requests
of the last 30 minutes that were answered.

${CATALOGUE_HELP}

Example: rollouts providers qwen/qwen3-30b-a3b`;

/** `rollouts providers`. */
export const PROVIDERS_COMMAND: Command = {
  help: HELP,
  flags: CATALOGUE_FLAGS,
  aliases: {},
  configured: ["baseUrl"],
  run: showProviders,
};

async function showProviders(given: ReadFlags): Promise<number> {
  const [model, ...others] = given.positionals;
  if (model === undefined || others.length > 0) {
    throw new UsageError(
      `providers takes one model, got ${given.positionals.length}`,
    );
  }
  const endpoints = await catalogueOf(given).endpoints(model);
  if (given.flags.json) {
    console.log(JSON.stringify(endpoints, null, 2));
    return 0;
  }
  await printTable(
    [
      { head: "PROVIDER", align: "left" },
      { head: "TAG", align: "left" },
      { head: "WEIGHTS", align: "left" },
      { head: "IN", align: "right" },
      { head: "OUT", align: "right" },
      { head: "CONTEXT", align: "right" },
      { head: "ANSWER", align: "right" },
      { head: "UP", align: "right" },
      { head: "STATUS", align: "left" },
    ],
    endpoints.map((endpoint) => [
      endpoint.provider,
      endpoint.tag,
      endpoint.quantization ?? "?",
      shownPrice(endpoint.promptUsdPerMillion),
      shownPrice(endpoint.completionUsdPerMillion),
      shownTokens(endpoint.contextTokens),
      shownTokens(endpoint.maxCompletionTokens),
      endpoint.uptimePercent === null
        ? "?"
        : `${endpoint.uptimePercent.toFixed(1)} %`,
      endpoint.status === 0 ? "well" : `${endpoint.status ?? "?"}`,
    ]),
  );
  return 0;
}
