import { Catalog } from "../../../mod.ts";
import { hostsForKey } from "../make_client.ts";
import { withUsageErrors } from "../usage_error.ts";
import { optionFlags } from "./option_flags.ts";
import type { FlagTable, FlagValues } from "./read_flags.ts";

/** The flags of the commands that show OpenRouter's catalog. */
export const CATALOG_FLAGS = {
  baseUrl: "text",
  json: "boolean",
} as const satisfies FlagTable;

/** Their lines in `--help`. */
export const CATALOG_HELP = `      --json            print JSON, with all fields
      --base-url URL    address of the API (default OPENROUTER_BASE_URL, or OpenRouter's)`;

/** The flags of the command that needs a key, too. */
export const KEY_CATALOG_FLAGS = {
  ...CATALOG_FLAGS,
  ...optionFlags(["sendKey", "sendKeyTo"]),
} as const satisfies FlagTable;

/**
 * Opens the catalog at the address on the command line.
 *
 * @throws {UsageError} If the address is not valid.
 */
export function openCatalog(
  flags: FlagValues<typeof KEY_CATALOG_FLAGS>,
): Promise<Catalog> {
  const { baseUrl } = flags;
  return withUsageErrors(() =>
    new Catalog({ baseUrl, sendKeyTo: hostsForKey(flags) })
  );
}
