import {
  CATALOG_FLAGS,
  CATALOG_HELP,
  catalogOf,
} from "../flags/catalog_flags.ts";
import type { Command } from "../command.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { UsageError } from "../usage_error.ts";

const HELP =
  `Shows what the key in OPENROUTER_API_KEY has used, and what is left of its limit.

Usage: rollouts key

${CATALOG_HELP}

Example: rollouts key --json`;

/** `rollouts key`. */
export const KEY_COMMAND: Command = {
  help: HELP,
  flags: CATALOG_FLAGS,
  aliases: {},
  configured: ["baseUrl"],
  run: showKey,
};

async function showKey(given: ReadFlags): Promise<number> {
  const [other] = given.positionals;
  if (other !== undefined) {
    // It may be the key itself, which belongs in no shell's history.
    throw new UsageError(
      "key takes no argument: the key is OPENROUTER_API_KEY",
    );
  }
  const key = await catalogOf(given).key();
  if (given.flags.json) {
    console.log(JSON.stringify(key, null, 2));
    return 0;
  }
  const { label, usageUsd, limitUsd, remainingUsd, isFreeTier } = key;
  console.log(`key     ${label}${isFreeTier ? " (free tier)" : ""}
used    ${dollars(usageUsd, "?")}
limit   ${dollars(limitUsd, "none of its own")}
left    ${dollars(remainingUsd, "what the account has")}`);
  return 0;
}

function dollars(usd: number | null, otherwise: string): string {
  return usd === null ? otherwise : `$${usd.toFixed(4)}`;
}
