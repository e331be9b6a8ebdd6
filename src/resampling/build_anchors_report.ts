import { toSnakeCase } from "@std/text/to-snake-case";
import { defineDisplay } from "../display_bundle.ts";
import type { Response } from "../response.ts";
import type { SampledOptions } from "../sampling_options.ts";
import {
  anchoredSentences,
  answersOf,
  type ReadCut,
} from "./anchored_sentences.ts";
import type { AnchorsCut, AnchorsReport } from "./anchors_report.ts";
import { answerClasses } from "./answer_classes.ts";
import { answerDistribution } from "./answer_distribution.ts";
import type { ResampledCut } from "./continuation_calls.ts";
import { displayAnchors } from "./display_anchors.ts";
import { type AnswerRule, extractAnswer } from "./extract_answer.ts";
import { splitSentences } from "./split_sentences.ts";
import { wilsonInterval } from "../util/wilson_interval.ts";

/** Options of {@linkcode buildAnchorsReport}. */
export interface AnchorsReportOptions {
  /** How answers are extracted. */
  readonly answer: AnswerRule;
  /** How many continuations were requested from each cut. */
  readonly nSamples: number;
  /**
   * The correct answer, or `null` if it is unknown.
   * @default {null}
   */
  readonly truth?: string | null;
  /**
   * Returns the similarity in meaning, at most 1, of each replacement and a sentence. Without it the report
   * has no counterfactual importances.
   */
  readonly similarities?: (
    sentence: string,
    replacements: readonly string[],
  ) => Promise<readonly number[]>;
  /**
   * The level of the confidence intervals, above 0 and below 1. The significance level is 1 minus this.
   * @default {0.95}
   */
  readonly confidence?: number;
  /** Called with each cut when its continuations are complete. */
  readonly onCut?: (cut: ResampledCut) => void;
}

/**
 * Computes the importance of each sentence of a chain of thought for the answer, with confidence intervals
 * and significance tests. Intervals are computed by `bootstrapInterval`, and as Wilson intervals for
 * accuracies.
 *
 * @param response The sample whose chain of thought was resampled.
 * @param cuts Its continuations, as `RolloutsClient.resampleAll` yields them.
 * @param options How answers are extracted and compared.
 * @throws {TypeError} If the sample shows no reasoning, or was not returned by a client.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RolloutsClient } from "@rollouts/client";
 * import { buildAnchorsReport } from "@rollouts/client/resampling";
 * import { MockOpenRouter, PLANTED_QUESTION } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * await using client = new RolloutsClient({
 *   model: "mock/planted-anchors",
 *   baseUrl: mock.baseUrl,
 *   apiKey: "sk-example",
 *   useCache: false,
 * });
 * const { responses: [response] } = await client.generate(PLANTED_QUESTION);
 * const nSamples = 5;
 * const cuts = client.resampleAll(response!, { nSamples, every: 10 });
 * const report = await buildAnchorsReport(response!, cuts, { answer: "boxed", nSamples });
 * assertEquals(report.cuts.map(({ at }) => at), [0, 10, 20]);
 * ```
 */
export async function buildAnchorsReport(
  response: Response,
  cuts: Iterable<ResampledCut> | AsyncIterable<ResampledCut>,
  options: AnchorsReportOptions,
): Promise<AnchorsReport> {
  const { request, reasoning } = response;
  if (request === null || reasoning === null) {
    throw new TypeError(
      "a report needs a sample that a client returned and that shows its reasoning",
    );
  }
  const { answer, nSamples, truth = null, confidence = 0.95 } = options;
  const sentences = splitSentences(reasoning);
  const read: ReadCut[] = [];
  const usage = {
    samples: 0,
    cached: 0,
    failed: 0,
    completionTokens: 0,
    costUsd: 0,
  };
  for await (const cut of cuts) {
    options.onCut?.(cut);
    usage.failed += cut.rollouts.errors.size;
    for (const { cached, usage: used } of cut.rollouts) {
      usage.samples++;
      if (cached) usage.cached++;
      usage.completionTokens += used.completionTokens ?? 0;
      usage.costUsd += used.cost ?? 0;
    }
    read.push(await readCut(cut, sentences[cut.at], options));
  }
  const own = extractAnswer(response.content, answer);
  const all = [
    truth,
    own,
    ...read.flatMap(({ samples }) => samples.map(({ answer }) => answer)),
  ];
  // The correct answer comes first, so that equal answers get its spelling.
  const [right = null, ownClass = null, ...classes] = await answerClasses(all);
  let at = 0;
  const classed = read.map((cut) => ({
    ...cut,
    samples: cut.samples.map((sample) => ({
      ...sample,
      answer: classes[at++] ?? null,
    })),
  }));
  const { prompt, options: { model, ...parameters } } = request;
  const report: AnchorsReport = {
    version: 1,
    model,
    prompt: typeof prompt === "string" ? prompt : JSON.stringify(prompt),
    parameters: apiParameters(parameters),
    createdAt: new Date().toISOString(),
    nSamples,
    confidence,
    truth: right,
    answer: ownClass,
    content: response.content,
    sentences: anchoredSentences(sentences, classed, confidence),
    cuts: classed.map((cut) => anchorsCut(cut, right, confidence)),
    usage,
  };
  return defineDisplay(report, displayAnchors);
}

/** Returns options by the names that they have in the API. */
function apiParameters(
  { extraBody, ...options }: Omit<SampledOptions, "model">,
): Record<string, unknown> {
  const named = Object.entries(options)
    .map(([name, value]) => [toSnakeCase(name), value]);
  return { ...Object.fromEntries(named), ...extraBody };
}

async function readCut(
  { at, rollouts }: ResampledCut,
  sentence: string | undefined,
  { answer, similarities }: AnchorsReportOptions,
): Promise<ReadCut> {
  const read = rollouts.responses.map(({ seed, reasoning, content }) => ({
    seed,
    sentence: splitSentences(reasoning ?? "")[0] ?? "",
    reasoning,
    content,
    answer: extractAnswer(content, answer),
  }));
  const similarity = similarities === undefined || sentence === undefined
    ? []
    : await similarities(
      sentence.trim(),
      read.map(({ sentence }) => sentence.trim()),
    );
  return {
    at,
    samples: read.map((sample, i) => ({
      ...sample,
      similarity: similarity[i] ?? null,
    })),
  };
}

function anchorsCut(
  cut: ReadCut,
  truth: string | null,
  confidence: number,
): AnchorsCut {
  const answers = answersOf(cut);
  const { counts, answered, unanswered } = answerDistribution(answers);
  return {
    ...cut,
    answers: Object.fromEntries(counts),
    unanswered,
    // The bootstrap of a share near 0 or 1 is far too narrow: if all are correct, it has no width.
    accuracy: truth === null || answered === 0
      ? null
      : wilsonInterval(counts.get(truth) ?? 0, answered, confidence),
  };
}
