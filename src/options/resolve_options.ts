import { type Option, OPTIONS } from "./all_options.ts";
import type { AllOptions } from "./options.ts";
import { mergeOptions } from "./merge_options.ts";
import { DEFAULTS, type Settings } from "./settings.ts";
import { similarName } from "./similar_name.ts";
import { isJsonObject } from "../util/json_object.ts";
import { jsonProblem } from "../util/json_problem.ts";
import { withoutPassword } from "../util/without_password.ts";

/**
 * Merges the defaults, the client's options and those of a call, and checks them. Later layers win,
 * but an option that is `undefined` does not count. Of limits such as `maxCostUsd`, the lowest counts.
 *
 * @throws {TypeError} If an option is unknown, of the wrong type, or of the client in a call.
 * @throws {RangeError} If a number is out of range.
 */
export function resolveOptions(
  ...layers: readonly Partial<AllOptions>[]
): Settings {
  let merged: Record<string, unknown> = { ...DEFAULTS };
  for (const [index, layer] of layers.entries()) {
    requireOptions(layer, {
      names: OPTIONS.keys(),
      example: index === 0
        ? '{ model: "qwen/qwen3-30b-a3b" }'
        : "{ nSamples: 5 }",
    });
    for (const [name, value] of Object.entries(layer)) {
      if (value === undefined) continue;
      const option = OPTIONS.get(name)!;
      if (index > 0 && option.scope === "client") {
        throw new TypeError(
          `${name} is an option of the client, not of a call: pass it to the client`,
        );
      }
      checkValue(option, value);
    }
    merged = mergeOptions(merged, layer);
    resolveTokenLimit(merged, layer);
    if (layer.apiKey !== undefined) merged.keyBaseUrl = merged.baseUrl;
    if (layer.headers !== undefined) merged.headersBaseUrl = merged.baseUrl;
  }
  checkTogether(merged);
  return merged as unknown as Settings;
}

/** Lets the limit of tokens that was set last replace the one by the other name. */
function resolveTokenLimit(
  merged: Record<string, unknown>,
  { maxTokens, maxCompletionTokens }: Partial<AllOptions>,
): void {
  if (maxCompletionTokens === undefined) {
    if (maxTokens != null) delete merged.maxCompletionTokens;
  } else if (maxTokens != null) {
    throw new TypeError(
      "maxCompletionTokens and maxTokens are names of one limit: omit one",
    );
  } else merged.maxTokens = null;
}

/**
 * Checks that a value is an object and has only options of the given names.
 *
 * @throws {TypeError} If it does not, with an example of what to write.
 */
export function requireOptions(
  options: unknown,
  { names, example }: {
    readonly names: Iterable<string>;
    readonly example: string;
  },
): void {
  if (!isJsonObject(options)) {
    // The value is not shown: it may be a key.
    const type = options === null || Array.isArray(options)
      ? JSON.stringify(options)
      : typeof options;
    throw new TypeError(
      `options must be an object, such as ${example}, got ${type}`,
    );
  }
  const known = [...names];
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new TypeError(unknownOption(name, known));
  }
}

function unknownOption(name: string, known: readonly string[]): string {
  const api = OPTION_BY_API_NAME.get(name);
  const meant = api !== undefined && known.includes(api)
    ? api
    : similarName(name, known);
  const hint = meant === null ? "." : `; did you mean "${meant}"?`;
  const isField = known.includes("extraBody") && api === undefined;
  return `unknown option "${name}"${hint}` +
    (isField
      ? ` To send another field of the API, use extraBody: { ${name}: … }`
      : "");
}

/**
 * Checks the value of an option.
 *
 * @param shownName What the message calls the option.
 *
 * @throws {TypeError} If it is of the wrong type.
 * @throws {RangeError} If it is a number out of range.
 */
export function checkValue(
  { name, type, scope }: Option,
  value: unknown,
  shownName: string = name,
): void {
  const expected = type.expected(value) ??
    (name === "extraBody" ? withoutReserved(value as object) : null) ??
    (scope === "sampling" ? withoutJsonProblem(value) : null);
  if (expected === null) return;
  const shown = type.isSecret ? typeof value : withoutPassword(show(value));
  const message = `${shownName} must be ${expected}, got ${shown}`;
  throw typeof value === "number"
    ? new RangeError(message)
    : new TypeError(message);
}

function checkTogether(
  { model, seed, nSamples, cacheOnly, useCache, transport, ...rest }: Partial<
    Settings
  >,
): void {
  if (model === undefined) {
    throw new TypeError("model is required, such as qwen/qwen3-30b-a3b");
  }
  if (nSamples! - 1 > Number.MAX_SAFE_INTEGER - (seed ?? 0)) {
    throw new RangeError(
      `seed + nSamples must be at most ${Number.MAX_SAFE_INTEGER + 1}, ` +
        `got ${seed} + ${nSamples}`,
    );
  }
  if (cacheOnly && !useCache) {
    throw new TypeError(
      "cacheOnly: true and useCache: false exclude each other: omit one",
    );
  }
  for (const name of ["fetch", "workers"] as const) {
    if (transport !== undefined && rest[name] !== undefined) {
      throw new TypeError(`${name} has no effect with transport: omit one`);
    }
  }
}

/** The options, by the names of the API's fields that they set or replace. */
const OPTION_BY_API_NAME: ReadonlyMap<string, string> = new Map(
  [...OPTIONS.values()].flatMap(({ name, bodyField, replaces }) =>
    [bodyField, replaces ?? null].filter((field) => field !== null)
      .map((field) => [field, name])
  ),
);

/** Fields of the body that no option sets, because the client sets them. */
const FIELDS_OF_CLIENT: ReadonlyMap<string, string> = new Map([
  ["messages", "pass the messages as the prompt"],
  ["prompt", "pass it as the prompt"],
  ["stream", "answers are read as a whole"],
]);

function withoutReserved(extraBody: object): string | null {
  for (const field of Object.keys(extraBody)) {
    const option = OPTION_BY_API_NAME.get(field);
    const instead = option === undefined
      ? FIELDS_OF_CLIENT.get(field)
      : `set ${option}`;
    if (instead !== undefined) return `without ${field} (${instead})`;
  }
  return null;
}

/** Values that shape a request are sent as JSON. */
function withoutJsonProblem(value: unknown): string | null {
  const problem = jsonProblem(value);
  return problem === null ? null : `serializable as JSON, without ${problem}`;
}

function show(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number") return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
