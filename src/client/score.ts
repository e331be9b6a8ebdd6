import type { ClientOptions } from "../options/options.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { ScoreOptions } from "../options/score_options.ts";
import type { Prompt } from "../prompt.ts";
import { continuationAt } from "../resampling/continuation_calls.ts";
import { sentenceScores } from "../resampling/sentence_scores.ts";
import type { Response } from "../response.ts";
import type { Score } from "../score.ts";
import type { SamplingRuntime } from "./sampling_runtime.ts";
import { scoreText } from "./score_text.ts";

/** The arguments of `RolloutsClient.score`. */
export type ScoreArguments =
  | [prompt: Prompt, text: string, options?: ScoreOptions]
  | [response: Response, options?: ScoreOptions];

/**
 * Scores a text after a prompt, or each sentence of a sample's chain of thought.
 *
 * @param base The client's options.
 * @param runtime Loads what detects the kind of server.
 * @throws What {@linkcode scoreText} throws.
 * @throws {TypeError} If the sample shows no reasoning, or its prompt is unknown.
 */
export async function score(
  args: ScoreArguments,
  base: ClientOptions,
  runtime: () => Promise<SamplingRuntime>,
): Promise<Score | Score[]> {
  const scoreWith = async (
    prompt: Prompt,
    text: string,
    { raw = false, ...options }: ScoreOptions,
  ) => {
    const settings = resolveOptions(base, options);
    return await scoreText(prompt, text, { settings, raw, runtime });
  };
  if (isPromptAndText(args)) {
    const [prompt, text, options = {}] = args;
    return await scoreWith(prompt, text, options);
  }
  const [response, { raw, ...options } = {}] = args;
  if (raw) throw new TypeError("raw has no effect with a response: omit it");
  const { reasoning, seed } = response;
  if (reasoning === null || reasoning.trim() === "") {
    throw new TypeError(
      `the sample of seed ${seed} shows no reasoning: score its content as a text after its prompt`,
    );
  }
  // As it is resampled: at its start, nothing of the thought is kept.
  const call = continuationAt(response, { at: 0, ...options });
  return sentenceScores(
    await scoreWith(call.prompt, reasoning, call.options),
  );
}

function isPromptAndText(
  args: ScoreArguments,
): args is Extract<ScoreArguments, { length: 2 | 3 }> {
  return typeof args[0] === "string" || Array.isArray(args[0]);
}
