import type { GenerateOptions, Prompt } from "../../mod.ts";
import { similarName } from "../../src/options/similar_name.ts";
import { PROVIDER_FIELDS } from "../../src/prompt.ts";
import fc from "./fast_check.ts";

/** Arbitrary JSON without numbers that JSON cannot distinguish. */
const json = fc.jsonValue({ maxDepth: 2, noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)));

const text = fc.string({ unit: "grapheme", maxLength: 12 });

const message = fc.record({
  role: fc.constantFrom("system", "user", "assistant"),
  content: fc.oneof(
    text,
    fc.array(fc.record({ type: fc.constant("text"), text }), { minLength: 1 }),
  ),
}, { requiredKeys: ["role", "content"] });

/** An arbitrary prompt: a string, which may look like messages, or messages. */
export const arbitraryPrompt: fc.Arbitrary<Prompt> = fc.oneof(
  { weight: 3, arbitrary: text.filter((prompt) => prompt !== "") },
  { weight: 1, arbitrary: text.map((thought) => `q <think>${thought}`) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
  {
    weight: 2,
    arbitrary: fc.array(message, {
      minLength: 1,
      maxLength: 3,
    }) as fc.Arbitrary<
      Prompt
    >,
  },
);

const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, minExcluded: true });

/** A field that is not rejected as a misspelling of a known one. */
const providerField = fc.string()
  .filter((field) => similarName(field, PROVIDER_FIELDS) === null);

/** Valid options that affect an answer. */
export const arbitraryOptions: fc.Arbitrary<GenerateOptions> = fc.record({
  model: fc.oneof(
    fc.constantFrom("qwen/qwen3-30b-a3b", "meta-llama/llama-3.1-8b-instruct"),
    fc.string({ minLength: 1 }).filter((model) => model.trim() !== ""),
  ),
  temperature: fc.double({ min: 0, max: 2, noNaN: true }),
  topP: between(0, 1),
  maxTokens: fc.integer({ min: 1, max: 100_000 }),
  topK: fc.integer({ min: 1, max: 1000 }),
  presencePenalty: fc.double({ min: -2, max: 2, noNaN: true }),
  frequencyPenalty: fc.double({ min: -2, max: 2, noNaN: true }),
  repetitionPenalty: between(0, 2),
  minP: fc.double({ min: 0, max: 1, noNaN: true }),
  topA: fc.double({ min: 0, max: 1, noNaN: true }),
  stop: fc.oneof(
    fc.string({ minLength: 1 }),
    fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
  ),
  logitBias: fc.dictionary(
    fc.nat().map(String),
    fc.integer({ min: -100, max: 100 }),
  ),
  topLogprobs: fc.integer({ min: 0, max: 20 }),
  responseFormat: fc.record({ type: fc.constantFrom("json_object", "text") }),
  toolChoice: fc.constantFrom("auto", "none", "required"),
  provider: fc.dictionary(providerField, json),
  reasoning: fc.dictionary(fc.string(), json),
  includeReasoning: fc.boolean(),
  extraBody: fc.dictionary(
    fc.constantFrom("verbosity", "plugins", "models", "prediction", "x y", "é"),
    json,
  ),
}, { requiredKeys: ["model"] }) as fc.Arbitrary<GenerateOptions>;

/** Returns the same value with the keys of every object in another order. */
export function withKeysTurned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withKeysTurned) as T;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).reverse()
    .map(([name, member]) => [name, withKeysTurned(member)]);
  return Object.fromEntries(members);
}
