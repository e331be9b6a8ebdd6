import { closestString } from "@std/text/closest-string";
import { isApiKey } from "../catalog/is_api_key.ts";
import { isHttpAddress } from "../request/is_http_address.ts";
import { type AllOptions, DEFAULTS, type Settings } from "./options.ts";
import { isQueueAddress } from "../queue/is_queue_address.ts";

/** What is wrong with a value, or null. */
type Rule = (value: unknown) => string | null;

/**
 * Joins the defaults, the client's options and a call's own, later ones first,
 * and holds the result against every rule. An override that is `undefined` does not count.
 *
 * @throws {TypeError} Where an option is unknown or of the wrong type.
 * @throws {RangeError} Where a number is out of its range.
 */
export function resolveOptions(
  ...layers: readonly Partial<AllOptions>[]
): Settings {
  const joined: Record<string, unknown> = {
    ...DEFAULTS satisfies Partial<AllOptions>,
  };
  for (const layer of layers) {
    if (record(layer) !== null) {
      throw new TypeError(
        `options must be an object, such as { model: "qwen/qwen3-30b-a3b" }, got ${
          show(layer)
        }`,
      );
    }
    for (const [name, value] of Object.entries(layer)) {
      if (value === undefined) continue;
      check(name, value);
      joined[name] = value;
    }
  }
  if (joined.model === undefined) {
    throw new TypeError("model is required, such as qwen/qwen3-30b-a3b");
  }
  const mostSeeds = Number.MAX_SAFE_INTEGER - Number(joined.seed);
  if (Number(joined.nSamples) - 1 > mostSeeds) {
    throw new RangeError(
      `seed + nSamples must be at most ${Number.MAX_SAFE_INTEGER} + 1, ` +
        `got ${joined.seed} + ${joined.nSamples}`,
    );
  }
  if (joined.cacheOnly === true && joined.useCache === false) {
    throw new TypeError("cacheOnly needs useCache, which is false");
  }
  if (joined.metricsPort !== undefined && joined.queue === undefined) {
    throw new TypeError("metricsPort needs queue, which is not given");
  }
  return joined as unknown as Settings;
}

/** The longest time that a timer of the runtime takes: 25 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Every option with its rule. */
const RULES: { readonly [Name in keyof Required<AllOptions>]: Rule } = {
  model: nonEmptyText,
  temperature: numberBetween(0, 2),
  topP: numberOverTo(0, 1),
  maxTokens: integerFrom(1),
  topK: integerFrom(1),
  presencePenalty: numberBetween(-2, 2),
  frequencyPenalty: numberBetween(-2, 2),
  repetitionPenalty: numberOverTo(0, 2),
  minP: numberBetween(0, 1),
  topA: numberBetween(0, 1),
  stop: textOrTexts(4),
  logitBias: record,
  logprobs: boolean,
  topLogprobs: integerBetween(0, 20),
  responseFormat: record,
  tools: array,
  toolChoice: textOrRecord,
  provider: record,
  reasoning: record,
  includeReasoning: boolean,
  prefillVia: oneOf("auto", "chat", "completions"),
  verifyPrefill: boolean,
  pinProvider: boolean,
  requireContinuation: boolean,
  allowUnsupportedPrefill: boolean,
  extraBody,
  apiKey,
  baseUrl: httpAddress,
  maxRetries: integerFrom(0),
  timeoutMs: numberOverTo(0, MAX_TIMER_MS),
  maxElapsedMs: numberOver(0),
  useCache: boolean,
  cacheDir: nonEmptyText,
  durable: boolean,
  onCacheError: oneOf("stop", "continue"),
  cacheOnly: boolean,
  maxCostUsd: numberOver(0),
  requestsPerMinute: numberOver(0),
  maxConcurrency: integerFrom(1),
  workers: integerFrom(1),
  queue: queueAddress,
  metricsPort: integerBetween(0, 65_535),
  metricsHost: nonEmptyText,
  progressBar: boolean,
  onProgress: callback,
  verbose: boolean,
  nSamples: integerBetween(1, 10_000_000),
  seed: integerFrom(0),
  signal: abortSignal,
};

/** Fields of the body that have an option of their own or are the client's to set. */
const RESERVED_BODY_FIELDS: ReadonlyMap<string, string> = new Map([
  ["model", "use the option model"],
  ["messages", "give the messages as the prompt"],
  ["prompt", "give it as the prompt"],
  ["seed", "use the option seed"],
  ["n", "use the option nSamples"],
  ["stream", "answers are read whole"],
  ["temperature", "use the option temperature"],
  ["top_p", "use the option topP"],
  ["top_k", "use the option topK"],
  ["max_tokens", "use the option maxTokens"],
  ["max_completion_tokens", "use the option maxTokens"],
  ["presence_penalty", "use the option presencePenalty"],
  ["frequency_penalty", "use the option frequencyPenalty"],
  ["repetition_penalty", "use the option repetitionPenalty"],
  ["min_p", "use the option minP"],
  ["top_a", "use the option topA"],
  ["stop", "use the option stop"],
  ["logit_bias", "use the option logitBias"],
  ["logprobs", "use the option logprobs"],
  ["top_logprobs", "use the option topLogprobs"],
  ["response_format", "use the option responseFormat"],
  ["tools", "use the option tools"],
  ["tool_choice", "use the option toolChoice"],
  ["provider", "use the option provider"],
  ["reasoning", "use the option reasoning"],
  ["include_reasoning", "use the option includeReasoning"],
]);

function check(name: string, value: unknown): void {
  const rule = Object.hasOwn(RULES, name)
    ? RULES[name as keyof typeof RULES]
    : undefined;
  if (rule === undefined) throw new TypeError(unknownOption(name));
  const wrong = rule(value);
  if (wrong === null) return;
  // The value of a key or a password is never shown, not even a wrong one.
  const isSecret = name === "apiKey" || name === "queue";
  const shown = isSecret ? typeof value : show(value);
  const message = `${name} must be ${wrong}, got ${shown}`;
  throw typeof value === "number"
    ? new RangeError(message)
    : new TypeError(message);
}

function unknownOption(name: string): string {
  const nearest = closestString(name, Object.keys(RULES));
  // Anything is near to a letter.
  const hint = name.length > 2 ? ` (did you mean ${nearest}?)` : "";
  return `${name} is not an option${hint}; a field of the API ` +
    `that has no option goes into extraBody: { ${name}: … }`;
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

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function numberBetween(min: number, max: number): Rule {
  return (value) =>
    isNumber(value) && value >= min && value <= max
      ? null
      : `between ${min} and ${max}`;
}

function numberOverTo(over: number, max: number): Rule {
  return (value) =>
    isNumber(value) && value > over && value <= max
      ? null
      : `over ${over} and at most ${max}`;
}

function numberOver(over: number): Rule {
  return (value) =>
    isNumber(value) && value > over ? null : `a number over ${over}`;
}

function integerFrom(min: number): Rule {
  return (value) =>
    Number.isSafeInteger(value) && (value as number) >= min
      ? null
      : `an integer of ${min} or more`;
}

function integerBetween(min: number, max: number): Rule {
  return (value) =>
    Number.isSafeInteger(value) && (value as number) >= min &&
      (value as number) <= max
      ? null
      : `an integer between ${min} and ${max}`;
}

function boolean(value: unknown): string | null {
  return typeof value === "boolean" ? null : "true or false";
}

function oneOf(...words: readonly string[]): Rule {
  return (value) => words.includes(value as string) ? null : words.join(" or ");
}

function nonEmptyText(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== ""
    ? null
    : "a text that is not empty";
}

function apiKey(value: unknown): string | null {
  return isApiKey(value)
    ? null
    : "a text of visible ASCII characters, without a space or a line end";
}

function record(value: unknown): string | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? null
    : "an object";
}

function array(value: unknown): string | null {
  return Array.isArray(value) ? null : "an array";
}

function textOrRecord(value: unknown): string | null {
  return typeof value === "string" || record(value) === null
    ? null
    : "a text or an object";
}

function textOrTexts(most: number): Rule {
  return (value) => {
    const texts = Array.isArray(value) ? value : [value];
    const fits = texts.length >= 1 && texts.length <= most &&
      texts.every((text) => typeof text === "string" && text !== "");
    return fits ? null : `a text or 1 to ${most} texts, none of them empty`;
  };
}

function httpAddress(value: unknown): string | null {
  return isHttpAddress(value)
    ? null
    : "an http or https address without a user name";
}

function queueAddress(value: unknown): string | null {
  return isQueueAddress(value)
    ? null
    : "the address of a Redis, such as redis://127.0.0.1:6379";
}

function callback(value: unknown): string | null {
  return typeof value === "function" ? null : "a function";
}

function abortSignal(value: unknown): string | null {
  return value instanceof AbortSignal ? null : "an AbortSignal";
}

function extraBody(value: unknown): string | null {
  const wrong = record(value);
  if (wrong !== null) return wrong;
  for (const field of Object.keys(value as object)) {
    const instead = RESERVED_BODY_FIELDS.get(field);
    if (instead !== undefined) return `without ${field} (${instead})`;
  }
  return null;
}
