import { firstWords } from "../../util/escape_control_chars.ts";
import type { Command } from "../command.ts";
import {
  CACHE_FLAGS,
  CACHE_HELP,
  type SelectedPrompt,
  selectPrompts,
} from "../flags/cache_flags.ts";
import { type Column, printTable } from "../output/print_table.ts";

/** `rollouts cache ls`. */
export const command: Command<typeof CACHE_FLAGS> = {
  help: `Lists the prompts in the cache.

Usage: rollouts cache ls [OPTIONS]

${CACHE_HELP}

Examples:
  rollouts cache ls -m qwen3 --prompt "5*10"
  rollouts cache ls --json`,
  flags: CACHE_FLAGS,
  configured: ["cacheDir"],
  run: async ({ flags, output }) => {
    const selected = [...selectPrompts(flags)];
    if (!flags.json) {
      await printTable(selected, COLUMNS, output);
      return 0;
    }
    const prompts = selected.map(({ prompt, model, text }) => ({
      key: prompt.key,
      model,
      parameters: prompt.segments[1],
      samples: prompt.files.length,
      prompt: text,
      path: prompt.path,
    }));
    output.print(JSON.stringify(prompts, null, 2));
    return 0;
  },
};

/** How many characters of a key are shown: enough to distinguish thousands of prompts. */
const KEY_LENGTH = 10;

const COLUMNS: readonly Column<SelectedPrompt>[] = [
  ["KEY", "left", ({ prompt }) => prompt.key.slice(0, KEY_LENGTH)],
  ["MODEL", "left", ({ model }) => firstWords(model, 60)],
  [
    "PARAMETERS",
    "left",
    ({ prompt }) => prompt.segments[1],
  ],
  ["SAMPLES", "right", ({ prompt }) => `${prompt.files.length}`],
  ["PROMPT", "left", ({ text }) => text === null ? "?" : firstWords(text, 50)],
];
