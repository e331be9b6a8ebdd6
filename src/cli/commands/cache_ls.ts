import { firstWords } from "../../util/escape_control_chars.ts";
import type { Command } from "../command.ts";
import {
  CACHE_FLAGS,
  CACHE_HELP,
  type SelectedPrompt,
  selectPrompts,
} from "../flags/cache_flags.ts";
import { printJsonArray } from "../output/print_json_array.ts";
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
    const selected = selectPrompts(flags);
    if (flags.json) printJsonArray(selected, toJson, output);
    else await printTable(selected, COLUMNS, output);
    return 0;
  },
};

function toJson({ prompt, model, text }: SelectedPrompt) {
  const { key, segments, files, path } = prompt;
  const [, parameters] = segments;
  return { key, model, parameters, samples: files.length, prompt: text, path };
}

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
