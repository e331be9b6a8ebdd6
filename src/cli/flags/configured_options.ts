import { toSnakeCase } from "@std/text/to-snake-case";
import { maySet, OPTIONS } from "../../options/all_options.ts";
import { tighter } from "../../options/merge_options.ts";
import { checkValue } from "../../options/resolve_options.ts";
import { similarName } from "../../options/similar_name.ts";
import { isBaseUrl } from "../../options/base_url.ts";
import type { FlagKind } from "../../options/value_type.ts";
import { absolutePath } from "../../platform/absolute_path.ts";
import { system } from "../../platform/deno/system.ts";
import { readIfAllowed } from "../../platform/read_if_allowed.ts";
import { isJsonObject } from "../../util/json_object.ts";
import { withoutPassword } from "../../util/without_password.ts";
import { InputError } from "../input_error.ts";
import { COMMAND_OPTIONS, CONFIG_FLAGS, OPTION_FLAGS } from "./option_flags.ts";
import { readValue } from "./read_flags.ts";

/** The file of defaults, in the working directory. */
export const CONFIG_FILE = "rollouts.json";

/** A configured default. */
export interface ConfiguredOption {
  /** The option's value. */
  readonly value: unknown;
  /** The variable or the path of the file that sets it. */
  readonly source: string;
}

/** Options of {@linkcode configuredOptions}. */
export interface ConfiguredOptionsOptions {
  /**
   * Whether `rollouts.json` can set addresses. The default is `ROLLOUTS_TRUST_CONFIG`, because the
   * working directory may come from someone else.
   */
  readonly trustConfig?: boolean;
}

/**
 * Reads the defaults that the environment and `rollouts.json` set, by the options' names. The
 * environment wins: `ROLLOUTS_MAX_TOKENS` sets `maxTokens`. Of limits, the lowest wins.
 *
 * @throws {InputError} If one cannot be read, is unknown, or is not allowed there.
 */
export function configuredOptions(
  { trustConfig = readTrust() }: ConfiguredOptionsOptions = {},
): ReadonlyMap<string, ConfiguredOption> {
  const configured = new Map<string, ConfiguredOption>();
  for (const [name, value] of Object.entries(readFile(trustConfig))) {
    checkConfigured(name, value, `${absolutePath(CONFIG_FILE)}: ${name}`);
    configured.set(name, { value, source: CONFIG_FILE });
  }
  checkVariableNames();
  for (const [name, kind] of Object.entries(OPTION_FLAGS)) {
    const variable = variableOf(name);
    const text = system.readEnv(variable);
    if (text === undefined) continue;
    const value = readVariable(variable, text, kind);
    checkConfigured(name, value, variable);
    configured.set(
      name,
      stronger(name, { value, source: variable }, configured.get(name)),
    );
  }
  addKeyHost(configured);
  return configured;
}

/**
 * `ROLLOUTS_BASE_URL` is the user's, like `OPENROUTER_BASE_URL`: its host can receive the key, even if
 * `--base-url` names another one.
 */
function addKeyHost(configured: Map<string, ConfiguredOption>): void {
  const { value, source } = configured.get("baseUrl") ?? {};
  if (source !== variableOf("baseUrl") || !isBaseUrl(value)) return;
  const others = configured.get("sendKeyTo")?.value ?? [];
  const hosts = [others, new URL(value).host].flat();
  configured.set("sendKeyTo", { value: hosts, source });
}

/**
 * Returns which of two values of an option applies: the first, unless the option is a limit that the
 * second sets lower.
 */
export function stronger(
  name: string,
  first: ConfiguredOption,
  other: ConfiguredOption | undefined,
): ConfiguredOption {
  const isLower = other !== undefined && OPTIONS.get(name)?.isCeiling &&
    tighter(other.value, first.value) === other.value;
  return isLower ? other : first;
}

/** Returns the name of the variable that sets an option's default. */
export function variableOf(name: string): string {
  return `ROLLOUTS_${toSnakeCase(name).toUpperCase()}`;
}

/** Checks a value. The message names its source. */
function checkConfigured(name: string, value: unknown, source: string): void {
  const option = OPTIONS.get(name);
  if (option === undefined) return;
  try {
    checkValue(option, value, source);
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}

/** Checks that no variable looks like a misspelled one. */
function checkVariableNames(): void {
  const known = [
    ...Object.keys({ ...OPTION_FLAGS, ...CONFIG_FLAGS }).map(variableOf),
    "ROLLOUTS_QUEUE_SECRET",
  ];
  for (const variable of system.envNames()) {
    if (!variable.startsWith("ROLLOUTS_") || known.includes(variable)) continue;
    const meant = similarName(
      variable.slice("ROLLOUTS_".length),
      known.map((name) => name.slice("ROLLOUTS_".length)),
    );
    if (meant === null) continue;
    throw new InputError(
      `unknown variable ${variable}; did you mean ROLLOUTS_${meant}?`,
    );
  }
}

function readTrust(): boolean {
  const variable = variableOf("trustConfig");
  const text = system.readEnv(variable);
  return text !== undefined && readBoolean(variable, text);
}

function readFile(isTrusted: boolean): Readonly<Record<string, unknown>> {
  const text = readIfAllowed(CONFIG_FILE);
  if (text === null) return {};
  const path = absolutePath(CONFIG_FILE);
  let options: unknown;
  try {
    options = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path} is not JSON: ${(error as Error).message}`);
  }
  if (!isJsonObject(options)) {
    throw new InputError(
      `${path} must be a JSON object of options, such as {"temperature": 0.7}`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    checkFileOption(name, value, { path, isTrusted });
  }
  return options;
}

/** Checks that the file may set an option. */
function checkFileOption(
  name: string,
  value: unknown,
  { path, isTrusted }: { readonly path: string; readonly isTrusted: boolean },
): void {
  if (/^api_?key$/i.test(name)) {
    throw new InputError(
      `${path} must not contain the API key: set OPENROUTER_API_KEY`,
    );
  }
  const option = OPTIONS.get(name) ?? COMMAND_OPTIONS.get(name);
  if (option === undefined) {
    const meant = similarName(name, Object.keys(OPTION_FLAGS));
    throw new InputError(
      `${path}: unknown option "${name}"` +
        (meant === null ? ": remove it" : `; did you mean "${meant}"?`),
    );
  }
  if (maySet(isTrusted ? "trusted file" : "file", option)) return;
  const shown = withoutPassword(JSON.stringify(value) ?? "");
  const instead = !maySet("variable", option)
    ? "only a program can set it"
    : maySet("trusted file", option)
    ? "if you trust the file, pass --trust-config or set ROLLOUTS_TRUST_CONFIG=true; " +
      `otherwise remove it, or set ${variableOf(name)}`
    : `remove it, or set ${variableOf(name)}`;
  throw new InputError(
    `${path} is not allowed to set ${name} (${shown}): ${instead}`,
  );
}

function readVariable(
  variable: string,
  text: string,
  kind: FlagKind,
): unknown {
  if (kind === "boolean") return readBoolean(variable, text);
  if (kind === "paths") {
    return text.split(system.isWindows() ? ";" : ":")
      .filter((path) => path !== "");
  }
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
