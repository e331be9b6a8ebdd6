import type { ModelInfo } from "../../../mod.ts";
import type { Command } from "../command.ts";
import {
  CATALOG_FLAGS,
  CATALOG_HELP,
  openCatalog,
} from "../flags/catalog_flags.ts";
import { formatCount, formatPrice } from "../output/format_values.ts";
import { type Column, printRows } from "../output/print_table.ts";

/** `rollouts models`. */
export const command: Command<typeof CATALOG_FLAGS> = {
  help: `Lists the models of OpenRouter, with prices per million tokens.

Usage: rollouts models [SEARCH…] [OPTIONS]

Lists only models whose slug or name contains each word of SEARCH.

${CATALOG_HELP}

Examples:
  rollouts models qwen3 30b
  rollouts models deepseek --json`,
  flags: CATALOG_FLAGS,
  configured: ["baseUrl"],
  args: { min: 0, max: Infinity, what: "words" },
  run: async ({ flags, args, output }) => {
    const words = args.map((word) => word.toLowerCase());
    const catalog = await openCatalog(flags);
    const models = (await catalog.models())
      .filter(({ id, name }) => {
        const text = `${id} ${name}`.toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .sort((a, b) => a.id < b.id ? -1 : 1);
    if (models.length === 0) {
      output.log(`no model matches ${words.join(" and ")}`);
      return 1;
    }
    await printRows(models, COLUMNS, { json: flags.json, output });
    return 0;
  },
};

const COLUMNS: readonly Column<ModelInfo>[] = [
  ["MODEL", "left", ({ id }) => id],
  ["IN", "right", (model) => formatPrice(model.promptUsdPerMillion)],
  ["OUT", "right", (model) => formatPrice(model.completionUsdPerMillion)],
  ["CONTEXT", "right", (model) => formatCount(model.contextTokens)],
  ["ANSWER", "right", (model) => formatCount(model.maxCompletionTokens)],
  ["PARAMETERS", "left", (model) => model.supportedParameters.join(" ")],
];
