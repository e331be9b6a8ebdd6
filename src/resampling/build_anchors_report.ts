import type { Response } from "../response.ts";
import { accuracy } from "./accuracy.ts";
import {
  anchoredSentences,
  answersOf,
  type FoundCut,
} from "./anchored_sentences.ts";
import type { AnchorsCut, AnchorsReport } from "./anchors_report.ts";
import { answerClasses } from "./answer_classes.ts";
import { answerDistribution } from "./answer_distribution.ts";
import { bootstrapInterval } from "./bootstrap_interval.ts";
import type { ResampledCut } from "./continuation_calls.ts";
import { type AnswerRule, extractAnswer } from "./extract_answer.ts";
import { splitSentences } from "./split_sentences.ts";

/** How a report is made. */
export interface AnchorsReportOptions {
  /** How the answer is found in what the model answered. */
  readonly answer: AnswerRule;
  /** How many continuations each cut was to have. */
  readonly nSamples: number;
  /**
   * The right answer; null where it is not known.
   * @default {null}
   */
  readonly truth?: string | null;
  /**
   * How alike in meaning each of some sentences is to another one, up to 1. Without it nothing is
   * said of counterfactual importance.
   */
  readonly similarities?: (
    sentence: string,
    replacements: readonly string[],
  ) => Promise<readonly number[]>;
  /**
   * The level of the confidence intervals, above 0 and below 1. A sentence is significant where 1 less this is at
   * least the adjusted p-value.
   * @default {0.95}
   */
  readonly confidence?: number;
  /** Told of each cut when its continuations are there. */
  readonly onCut?: (cut: ResampledCut) => void;
}

/**
 * What resampling a chain of thought has shown, in numbers: of each sentence how much it does to the
 * answer, with bootstrap confidence intervals, and whether that can be told from chance.
 *
 * @param response The sample whose chain of thought was resampled.
 * @param cuts Its continuations, as `RolloutsClient.resampleAll` gives them.
 * @param options How answers are found and compared.
 * @throws {TypeError} Where the sample shows no reasoning, or does not know what it answers.
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
      "a report needs a sample that a client gave, and that shows its reasoning",
    );
  }
  const { answer, nSamples, truth = null, confidence = 0.95 } = options;
  const sentences = splitSentences(reasoning);
  const found: FoundCut[] = [];
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
      usage.completionTokens += used.completionTokens;
      usage.costUsd += used.cost ?? 0;
    }
    found.push(await readCut(cut, sentences[cut.at], options));
  }
  const own = extractAnswer(response.content, answer);
  const all = [
    truth,
    own,
    ...found.flatMap(({ samples }) => samples.map(({ answer }) => answer)),
  ];
  // The truth comes first: equal answers are all spelled as it is.
  const [right = null, ownClass = null, ...classes] = await answerClasses(all);
  let at = 0;
  const classed = found.map((cut) => ({
    ...cut,
    samples: cut.samples.map((sample) => ({
      ...sample,
      answer: classes[at++] ?? null,
    })),
  }));
  const { model, ...parameters } = request.options;
  const { prompt } = request;
  return {
    version: 1,
    model,
    prompt: typeof prompt === "string" ? prompt : JSON.stringify(prompt),
    parameters: { ...parameters },
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
}

async function readCut(
  { at, rollouts }: ResampledCut,
  sentence: string | undefined,
  { answer, similarities }: AnchorsReportOptions,
): Promise<FoundCut> {
  const read = rollouts.responses.map(({ seed, reasoning, content }) => ({
    seed,
    sentence: splitSentences(reasoning ?? "")[0] ?? "",
    reasoning,
    content,
    answer: extractAnswer(content, answer),
  }));
  const alike = similarities === undefined || sentence === undefined
    ? []
    : await similarities(
      sentence.trim(),
      read.map(({ sentence }) => sentence.trim()),
    );
  return {
    at,
    samples: read.map((sample, i) => ({
      ...sample,
      similarity: alike[i] ?? null,
    })),
  };
}

function anchorsCut(
  cut: FoundCut,
  truth: string | null,
  confidence: number,
): AnchorsCut {
  const answers = answersOf(cut);
  const { counts, unanswered } = answerDistribution(answers);
  return {
    ...cut,
    answers: Object.fromEntries(counts),
    unanswered,
    accuracy: truth === null ? null : bootstrapInterval(
      [answers],
      ([drawn = []]) => accuracy(drawn, truth),
      { confidence, seed: cut.at },
    ),
  };
}
