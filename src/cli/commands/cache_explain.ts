import type { Command } from "../command.ts";
import { cacheKeyHelp, OPTION_FLAGS } from "../flags/option_flags.ts";
import { makeClient } from "../make_client.ts";

const FLAGS = { ...OPTION_FLAGS, json: "boolean" } as const;

/** `rollouts cache explain`. */
export const command: Command<typeof FLAGS> = {
  help: `Explains why a sample is not in the cache, and names the nearest entry.

Usage: rollouts cache explain PROMPT --model MODEL [--seed N] [OPTIONS]

      --json                    print JSON, with all differences

${cacheKeyHelp(["seed"])}

Exit codes: 0 the sample is cached, 1 it is not.

Examples:
  rollouts cache explain "What is 5*10?" -m qwen/qwen3-30b-a3b --temperature 0.6
  rollouts cache explain "What is 5*10?" -m qwen/qwen3-30b-a3b --seed 3 --json`,
  flags: FLAGS,
  configured: Object.keys(OPTION_FLAGS),
  args: { min: 1, max: 1, what: "one prompt; quote it" },
  run: async ({ flags: { json, ...options }, args: [prompt], output }) => {
    const client = await makeClient(options, output);
    const { seed } = options;
    const explanation = client.explainMiss(prompt!, { seed });
    const { isCached, path, reason, nearest } = explanation;
    if (json) output.print(JSON.stringify(explanation, null, 2));
    else {
      output.print(
        isCached ? `cached: ${path}` : `not cached: ${path}\n${reason}`,
      );
      if (nearest !== null) {
        output.print(`the nearest: ${nearest.path}`);
      }
    }
    return isCached ? 0 : 1;
  },
};
