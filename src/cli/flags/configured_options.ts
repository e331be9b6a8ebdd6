import { closestString } from "@std/text/closest-string";
import { toSnakeCase } from "@std/text/to-snake-case";
import { system } from "../../platform/deno/system.ts";
import { readIfAllowed } from "../../platform/read_if_allowed.ts";
import { OPTION_FLAGS } from "./option_flags.ts";
import type { FlagKind } from "../../options/value_type.ts";
import { readValue } from "./read_flags.ts";
import { InputError } from "../input_error.ts";

/** The file of defaults, in the working directory. */
export const CONFIG_FILE = "rollouts.json";

/** A configured default. */
export interface ConfiguredOption {
  /** The option's value. */
  readonly value: unknown;
  /** The variable or the file that sets it. */
  readonly source: string;
}

/**
 * Reads the defaults that the environment and `rollouts.json` set, by the options' names. The
 * environment wins: `ROLLOUTS_MAX_TOKENS` sets `maxTokens`.
 *
 * @throws {InputError} If one cannot be read, is unknown, or is a key.
 */
export function configuredOptions(): ReadonlyMap<string, ConfiguredOption> {
  const configured = new Map<string, ConfiguredOption>();
  for (const [name, value] of Object.entries(readFile())) {
    configured.set(name, { value, source: CONFIG_FILE });
  }
  for (const [name, kind] of Object.entries(OPTION_FLAGS)) {
    const variable = variableOf(name);
    const text = system.readEnv(variable);
    if (text === undefined) continue;
    const value = readVariable(variable, text, kind);
    configured.set(name, { value, source: variable });
  }
  return configured;
}

/** Returns the name of the variable that sets an option's default. */
export function variableOf(name: string): string {
  return `ROLLOUTS_${toSnakeCase(name).toUpperCase()}`;
}

function readFile(): Readonly<Record<string, unknown>> {
  const text = readIfAllowed(CONFIG_FILE);
  if (text === null) return {};
  let options: unknown;
  try {
    options = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${CONFIG_FILE}: ${(error as Error).message}`);
  }
  if (
    typeof options !== "object" || options === null || Array.isArray(options)
  ) {
    throw new InputError(`${CONFIG_FILE} must be a JSON object of options`);
  }
  for (const name of Object.keys(options)) {
    if (/^api_?key$/i.test(name)) {
      throw new InputError(
        `${CONFIG_FILE} must hold no key: set OPENROUTER_API_KEY`,
      );
    }
    if (Object.hasOwn(OPTION_FLAGS, name)) continue;
    const nearest = closestString(name, Object.keys(OPTION_FLAGS));
    throw new InputError(
      `${CONFIG_FILE}: unknown option "${name}"; did you mean "${nearest}"?`,
    );
  }
  return options as Record<string, unknown>;
}

function readVariable(
  variable: string,
  text: string,
  kind: FlagKind,
): unknown {
  if (kind === "boolean") return readBoolean(variable, text);
  try {
    return readValue(variable, text, kind);
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}

function readBoolean(variable: string, text: string): boolean {
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw new InputError(`${variable} must be true or false, got ${text}`);
}
