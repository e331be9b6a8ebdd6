import { Catalog } from "../../../mod.ts";
import { withUsageErrors } from "../usage_error.ts";
import type { FlagTable, FlagValues } from "./read_flags.ts";

/** The flags of the commands that show OpenRouter's catalog. */
export const CATALOG_FLAGS = {
  baseUrl: "text",
  json: "boolean",
} as const satisfies FlagTable;

/** Their lines in `--help`. */
export const CATALOG_HELP = `      --json            print JSON, with all fields
      --base-url URL    address of the API (default OPENROUTER_BASE_URL, or OpenRouter's)`;

/**
 * Opens the catalog at the address on the command line.
 *
 * @throws {UsageError} If the address is not valid.
 */
export function openCatalog(
  { baseUrl }: FlagValues<typeof CATALOG_FLAGS>,
): Promise<Catalog> {
  return withUsageErrors(() => new Catalog({ baseUrl }));
}
