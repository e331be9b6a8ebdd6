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

const HELP =
  `Shows the models that OpenRouter has, with prices for a million tokens.

Usage: rollouts models [SEARCH…]

Each word of SEARCH must be in a model's slug or name.

${CATALOGUE_HELP}

Example: rollouts models qwen3 30b`;

/** `rollouts models`. */
export const MODELS_COMMAND: Command = {
  help: HELP,
  flags: CATALOGUE_FLAGS,
  aliases: {},
  configured: ["baseUrl"],
  run: showModels,
};

async function showModels(given: ReadFlags): Promise<number> {
  const words = given.positionals.map((word) => word.toLowerCase());
  const models = (await catalogueOf(given).models())
    .filter(({ id, name }) => {
      const text = `${id} ${name}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => a.id < b.id ? -1 : 1);
  if (models.length === 0) {
    console.error(`rollouts: no model has ${words.join(" and ")}`);
    return 1;
  }
  if (given.flags.json) {
    console.log(JSON.stringify(models, null, 2));
    return 0;
  }
  await printTable(
    [
      { head: "MODEL", align: "left" },
      { head: "IN", align: "right" },
      { head: "OUT", align: "right" },
      { head: "CONTEXT", align: "right" },
      { head: "ANSWER", align: "right" },
      { head: "PARAMETERS", align: "left" },
    ],
    models.map((model) => [
      model.id,
      shownPrice(model.promptUsdPerMillion),
      shownPrice(model.completionUsdPerMillion),
      shownTokens(model.contextTokens),
      shownTokens(model.maxCompletionTokens),
      model.supportedParameters.join(" "),
    ]),
  );
  return 0;
}
