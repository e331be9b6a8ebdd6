import { Catalog } from "../../../mod.ts";
import type { FlagKind } from "../../options/value_type.ts";
import type { ReadFlags } from "./read_flags.ts";
import { UsageError } from "../usage_error.ts";

/** The flags of the commands that show what OpenRouter says. */
export const CATALOG_FLAGS = {
  baseUrl: "text",
  json: "boolean",
} as const satisfies Readonly<Record<string, FlagKind>>;

/** The same, as `--help` shows them. */
export const CATALOG_HELP =
  `      --json            as JSON, with all that is known
      --base-url URL    another address of the API`;

/**
 * The catalog at the address on the command line.
 *
 * @throws {UsageError} Where that is none.
 */
export function catalogOf({ flags }: ReadFlags): Catalog {
  try {
    return new Catalog({ baseUrl: flags.baseUrl as string | undefined });
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

/** A price for a million tokens, or a question mark. */
export function shownPrice(usdPerMillion: number | null): string {
  return usdPerMillion === null ? "?" : `$${usdPerMillion}`;
}

/** A number of tokens, or a question mark. */
export function shownTokens(tokens: number | null): string {
  return tokens === null ? "?" : tokens.toLocaleString("en-US");
}
