import type { ModelInfo } from "../../../mod.ts";
import {
  CATALOG_FLAGS,
  CATALOG_HELP,
  catalogOf,
  shownPrice,
  shownTokens,
} from "../flags/catalog_flags.ts";
import type { Command } from "../command.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { type RowColumn, showRows } from "../output/show_rows.ts";

const HELP =
  `Shows the models that OpenRouter has, with prices for a million tokens.

Usage: rollouts models [SEARCH…]

Each word of SEARCH must be in a model's slug or name.

${CATALOG_HELP}

Example: rollouts models qwen3 30b`;

/** `rollouts models`. */
export const MODELS_COMMAND: Command = {
  help: HELP,
  flags: CATALOG_FLAGS,
  aliases: {},
  configured: ["baseUrl"],
  run: showModels,
};

async function showModels(given: ReadFlags): Promise<number> {
  const words = given.positionals.map((word) => word.toLowerCase());
  const models = (await catalogOf(given).models())
    .filter(({ id, name }) => {
      const text = `${id} ${name}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => a.id < b.id ? -1 : 1);
  if (models.length === 0) {
    console.error(`rollouts: no model has ${words.join(" and ")}`);
    return 1;
  }
  await showRows(models, COLUMNS, given.flags);
  return 0;
}

const COLUMNS: readonly RowColumn<ModelInfo>[] = [
  { head: "MODEL", align: "left", cell: ({ id }) => id },
  {
    head: "IN",
    align: "right",
    cell: (model) => shownPrice(model.promptUsdPerMillion),
  },
  {
    head: "OUT",
    align: "right",
    cell: (model) => shownPrice(model.completionUsdPerMillion),
  },
  {
    head: "CONTEXT",
    align: "right",
    cell: (model) => shownTokens(model.contextTokens),
  },
  {
    head: "ANSWER",
    align: "right",
    cell: (model) => shownTokens(model.maxCompletionTokens),
  },
  {
    head: "PARAMETERS",
    align: "left",
    cell: (model) => model.supportedParameters.join(" "),
  },
];
