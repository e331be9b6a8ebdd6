import type { ClientOptions } from "../../../mod.ts";
import { onlyArgument } from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import { makeClient } from "../make_client.ts";
import {
  OPTION_ALIASES,
  OPTION_FLAGS,
  optionHelp,
} from "../flags/option_flags.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

const HELP = `Says why a sample is not in the cache, and which entry is nearest.

Usage: rollouts cache explain PROMPT --model MODEL [--seed N] [OPTIONS]

      --json                    as JSON, with all differences

${optionHelp()}

Exit codes: 0 it is there, 1 it is not.

Example: rollouts cache explain "What is 5*10?" -m qwen/qwen3-30b-a3b --temperature 0.6`;

/** `rollouts cache explain`. */
export const CACHE_EXPLAIN_COMMAND: Command = {
  help: HELP,
  flags: { ...OPTION_FLAGS, json: "boolean" },
  aliases: OPTION_ALIASES,
  configured: Object.keys(OPTION_FLAGS),
  run: explain,
};

function explain(given: ReadFlags): Promise<number> {
  const prompt = onlyArgument(given, "one prompt; quote it");
  const { nSamples: _, seed, json, ...options } = given.flags;
  const client = makeClient(options as unknown as ClientOptions);
  const explanation = client.explainMiss(prompt, {
    seed: seed as number | undefined,
  });
  const { isCached, path, reason, nearest } = explanation;
  if (json) console.log(JSON.stringify(explanation, null, 2));
  else {
    console.log(escapeControlChars(`${path}\n${reason}`));
    if (nearest !== null) {
      console.log(escapeControlChars(`the nearest: ${nearest.path}`));
    }
  }
  return Promise.resolve(isCached ? 0 : 1);
}
