import type { SamplingOptions, Settings } from "./options/options.ts";

/** The options that shape an answer, all that were in force. */
export interface SampledOptions extends SamplingOptions {
  /** The model that was asked for. */
  model: string;
}

/** The options of a call that shape its answers. */
export function samplingOptions(settings: Settings): SampledOptions {
  const names = Object.keys(SHAPING) as (keyof SampledOptions)[];
  return Object.fromEntries(
    names.flatMap((name) =>
      settings[name] === undefined ? [] : [[name, settings[name]]]
    ),
  ) as unknown as SampledOptions;
}

const SHAPING: Readonly<Record<keyof SampledOptions, true>> = {
  model: true,
  temperature: true,
  topP: true,
  maxTokens: true,
  topK: true,
  presencePenalty: true,
  frequencyPenalty: true,
  repetitionPenalty: true,
  minP: true,
  topA: true,
  stop: true,
  logitBias: true,
  logprobs: true,
  topLogprobs: true,
  responseFormat: true,
  tools: true,
  toolChoice: true,
  provider: true,
  reasoning: true,
  includeReasoning: true,
  prefillVia: true,
  verifyPrefill: true,
  pinProvider: true,
  extraBody: true,
};
