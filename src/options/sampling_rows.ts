import { PROVIDER_FIELDS } from "../prompt.ts";
import type { SampledOptions } from "../sampling_options.ts";
import type { OptionRows } from "./option_row.ts";
import {
  ARRAY,
  BOOLEAN,
  integer,
  number,
  OBJECT,
  objectWith,
  oneOf,
  orNone,
  TEXT,
  TEXT_OR_OBJECT,
  texts,
} from "./value_type.ts";

const COUNT = integer({ min: 1 });
const SHARE = number({ min: 0, max: 1 });
const PENALTY = { type: number({ min: -2, max: 2 }), default: 0, unsent: 0 };

/** The options of the samples. All of them are part of the cache key. */
export const SAMPLING_ROWS = {
  model: {
    type: TEXT,
    short: "m",
    help: "model, such as qwen/qwen3-30b-a3b",
  },
  temperature: {
    type: orNone(number({ min: 0, max: 2 })),
    default: 0.7,
    path: "t",
    help: "sampling temperature",
  },
  topP: {
    type: orNone(number({ over: 0, max: 1 })),
    default: 0.95,
    path: "_p",
    help: "nucleus sampling",
  },
  maxTokens: {
    type: orNone(COUNT),
    default: 4096,
    path: "_tok",
    help: "token limit, with reasoning",
  },
  maxCompletionTokens: {
    type: COUNT,
    help: "newer name of --max-tokens",
  },
  topK: {
    type: COUNT,
    path: "_tk",
    help: "sample from the K likeliest tokens",
  },
  presencePenalty: {
    ...PENALTY,
    path: "_pp",
    help: "penalty for tokens that already appeared",
  },
  frequencyPenalty: {
    ...PENALTY,
    path: "_fp",
    help: "penalty for each appearance of a token",
  },
  repetitionPenalty: {
    type: number({ over: 0, max: 2 }),
    help: "divisor for repeated tokens",
  },
  minP: {
    type: SHARE,
    help: "minimum probability, relative to the likeliest token",
  },
  topA: {
    type: SHARE,
    help: "like --min-p, relative to the square of the likeliest",
  },
  stop: { type: texts(4), help: "string that ends the answer, or a JSON list" },
  logitBias: {
    type: OBJECT,
    help: 'bias by token id, such as {"50256": -100}',
  },
  logprobs: { type: BOOLEAN, help: "request log-probabilities" },
  topLogprobs: {
    type: integer({ min: 0, max: 20 }),
    help: "alternatives per token in the log-probabilities",
  },
  responseFormat: {
    type: OBJECT,
    help: 'answer format, such as {"type": "json_object"}',
  },
  tools: { type: ARRAY, help: "tools that the model may call" },
  toolChoice: {
    type: TEXT_OR_OBJECT,
    help: "which tool to call: auto, none, required, or a tool",
  },
  provider: {
    type: objectWith(PROVIDER_FIELDS),
    path: "_provider",
    help: 'provider preferences, such as {"only": ["deepinfra"]}',
  },
  reasoning: {
    type: OBJECT,
    help: 'reasoning effort, such as {"effort": "high"}',
  },
  includeReasoning: {
    type: BOOLEAN,
    help: "older form of reasoning.exclude",
  },
  prefillVia: {
    type: oneOf("auto", "chat", "completions"),
    hasNoField: true,
    default: "auto",
    help: "how to send a prefill",
  },
  verifyPrefill: {
    type: BOOLEAN,
    hasNoField: true,
    help: "use only endpoints that continued a prefill in a probe",
  },
  pinProvider: {
    type: BOOLEAN,
    default: false,
    hasNoField: true,
    help: "take all samples of a prompt from one provider",
  },
  extraBody: {
    type: OBJECT,
    hasNoField: true,
    help: "other fields of the request body",
  },
} satisfies OptionRows<SampledOptions>;
