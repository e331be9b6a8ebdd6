import {
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  chosenPrompts,
} from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import { printTable } from "../output/print_table.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import {
  escapeControlChars,
  firstWords,
} from "../../util/escape_control_chars.ts";

const HELP = `Shows the prompts whose samples are in the cache.

Usage: rollouts cache ls [OPTIONS]

${CACHE_HELP}

Example: rollouts cache ls -m qwen3 --prompt "5*10"`;

/** `rollouts cache ls`. */
export const CACHE_LS_COMMAND: Command = {
  help: HELP,
  flags: CACHE_FLAGS,
  aliases: CACHE_ALIASES,
  configured: ["cacheDir"],
  run: list,
};

/** How much of a key is shown: enough to tell some thousand prompts apart. */
const KEY_LENGTH = 10;

async function list(given: ReadFlags): Promise<number> {
  const chosen = [...chosenPrompts(given)];
  if (given.flags.json) {
    const prompts = chosen.map(({ prompt, model, text }) => ({
      key: prompt.key,
      model,
      parameters: prompt.segments[1],
      samples: prompt.files.length,
      prompt: text,
      path: prompt.path,
    }));
    console.log(JSON.stringify(prompts, null, 2));
    return 0;
  }
  await printTable(
    [
      { head: "KEY", align: "left" },
      { head: "MODEL", align: "left" },
      { head: "PARAMETERS", align: "left" },
      { head: "SAMPLES", align: "right" },
      { head: "PROMPT", align: "left" },
    ],
    chosen.map(({ prompt, model, text }) => [
      prompt.key.slice(0, KEY_LENGTH),
      firstWords(model, 60),
      escapeControlChars(prompt.segments[1]),
      `${prompt.files.length}`,
      text === null ? "?" : firstWords(text, 50),
    ]),
  );
  return 0;
}
