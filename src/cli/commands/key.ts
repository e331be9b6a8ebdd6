import type { Command } from "../command.ts";
import {
  CATALOG_HELP,
  KEY_CATALOG_FLAGS,
  openCatalog,
} from "../flags/catalog_flags.ts";
import { formatUsd } from "../../util/format_usd.ts";

/** `rollouts key`. */
export const command: Command<typeof KEY_CATALOG_FLAGS> = {
  help:
    `Shows what the API key in OPENROUTER_API_KEY has used, and what is left of its limit.

Usage: rollouts key [OPTIONS]

${CATALOG_HELP}
      --send-key        send the API key to the host of --base-url

Examples:
  rollouts key
  rollouts key --json`,
  flags: KEY_CATALOG_FLAGS,
  configured: ["baseUrl", "sendKey", "sendKeyTo"],
  // The argument is not shown: it may be the key itself.
  args: {
    min: 0,
    max: 0,
    what: "no argument: the key is OPENROUTER_API_KEY",
  },
  run: async ({ flags, output }) => {
    const catalog = await openCatalog(flags);
    const key = await catalog.key();
    if (flags.json) {
      output.print(JSON.stringify(key, null, 2));
      return 0;
    }
    const { label, usageUsd, limitUsd, remainingUsd, isFreeTier } = key;
    output.print(`key     ${label}${isFreeTier ? " (free tier)" : ""}
used    ${formatUsd(usageUsd)}
limit   ${formatUsd(limitUsd, "none of its own")}
left    ${formatUsd(remainingUsd, "limited by the account balance")}`);
    return 0;
  },
};
