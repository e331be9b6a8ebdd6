import {
  defineDisplay,
  type DisplayBundle,
  displayBundle,
  shownCost,
} from "./display_bundle.ts";
import type { RolloutsError } from "./errors.ts";
import type { Prompt } from "./prompt.ts";
import type { Response } from "./response.ts";

/** The counts that {@linkcode Rollouts.getUsage} sums. */
export type CountedUsage =
  | "promptTokens"
  | "completionTokens"
  | "totalTokens"
  | "reasoningTokens"
  | "cost";

/** A sum over samples. */
export interface UsageSum {
  /** The sum over the samples that report the count. */
  readonly sum: number;
  /** The number of samples that report it. */
  readonly samples: number;
}

/** The parts of a {@linkcode Rollouts}. */
export type RolloutsData = Pick<
  Rollouts,
  | "prompt"
  | "responses"
  | "numResponses"
  | "errors"
  | "temperature"
  | "topP"
  | "maxTokens"
  | "model"
  | "cacheDir"
>;

/**
 * The samples of one prompt, in the order of their seeds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RolloutsClient } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * await using client = new RolloutsClient({
 *   model: "qwen/qwen3-30b-a3b",
 *   baseUrl: mock.baseUrl,
 *   apiKey: "sk-example",
 *   useCache: false,
 * });
 * const rollouts = await client.generate("What is 2+2?", { nSamples: 3 });
 * assertEquals(rollouts.length, 3);
 * assertEquals([...rollouts].map((response) => response.seed), [0, 1, 2]);
 * ```
 */
export class Rollouts implements Iterable<Response> {
  /** The prompt as it was passed. */
  readonly prompt: Prompt;
  /** The samples, in the order of their seeds, without those that failed. */
  readonly responses: readonly Response[];
  /** The number of requested samples, `nSamples`. */
  readonly numResponses: number;
  /** The error of each failed sample, by its seed. */
  readonly errors: ReadonlyMap<number, RolloutsError>;
  /** The sampling temperature, or `null` if none was sent. */
  readonly temperature: number | null;
  /** The nucleus sampling threshold, or `null` if none was sent. */
  readonly topP: number | null;
  /** The most output tokens of one sample, or `null` if `max_tokens` was not sent. */
  readonly maxTokens: number | null;
  /** The requested model. */
  readonly model: string;
  /** The directory of the prompt's cache files, or `null` without a cache. */
  readonly cacheDir: string | null;

  /** Creates a set of samples from its parts. */
  constructor(data: RolloutsData) {
    this.prompt = data.prompt;
    this.responses = data.responses;
    this.numResponses = data.numResponses;
    this.errors = data.errors;
    this.temperature = data.temperature;
    this.topP = data.topP;
    this.maxTokens = data.maxTokens;
    this.model = data.model;
    this.cacheDir = data.cacheDir;
  }

  /** The number of samples, without those that failed. */
  get length(): number {
    return this.responses.length;
  }

  /** Iterates over the samples. */
  [Symbol.iterator](): Iterator<Response> {
    return this.responses[Symbol.iterator]();
  }

  /** Returns the sample at an index; negative ones count from the end. If seeds failed, indexes differ from seeds. */
  at(index: number): Response | undefined {
    return this.responses.at(index);
  }

  /** Returns the `full` text of each sample. */
  getTexts(): string[] {
    return this.responses.map((response) => response.full);
  }

  /** Returns the reasoning of each sample, or `null` if it has none. */
  getReasonings(): (string | null)[] {
    return this.responses.map((response) => response.reasoning);
  }

  /** Returns the content of each sample. */
  getContents(): string[] {
    return this.responses.map((response) => response.content);
  }

  /** Returns the tokens of the samples that report them, prompts included: see {@linkcode getUsage}. */
  getTotalTokens(): number {
    return this.getUsage().totalTokens.sum;
  }

  /** Sums what the samples report, and counts how many do. */
  getUsage(): Readonly<Record<CountedUsage, UsageSum>> {
    const sumOf = (name: CountedUsage) => {
      const counts = this.responses.map(({ usage }) => usage[name])
        .filter((count) => count !== null);
      return { sum: sum(counts), samples: counts.length };
    };
    return {
      promptTokens: sumOf("promptTokens"),
      completionTokens: sumOf("completionTokens"),
      totalTokens: sumOf("totalTokens"),
      reasoningTokens: sumOf("reasoningTokens"),
      cost: sumOf("cost"),
    };
  }

  /** Counts the samples by finish reason. */
  getFinishReasons(): Record<string, number> {
    const counts = new Map<string, number>();
    for (const { finishReason } of this.responses) {
      if (finishReason === null) continue;
      counts.set(finishReason, (counts.get(finishReason) ?? 0) + 1);
    }
    return Object.fromEntries(counts);
  }

  /**
   * Returns the cost of the samples that report it, in US dollars: see {@linkcode getUsage}. Cached samples
   * count at the cost of their original request.
   */
  getTotalCost(): number {
    return this.getUsage().cost.sum;
  }

  /** Returns the fields that the Python package `rollouts` has, by its names. */
  toJSON(): Record<string, unknown> {
    return {
      prompt: this.prompt,
      num_responses: this.numResponses,
      temperature: this.temperature,
      top_p: this.topP,
      max_tokens: this.maxTokens,
      model: this.model,
      responses: this.responses.map((response) => response.toJSON()),
      cache_dir: this.cacheDir,
      logprobs_enabled: this.responses.some(({ logprobs }) => logprobs != null),
      echo_enabled: false,
    };
  }

  static {
    defineDisplay(Rollouts.prototype, displayRollouts);
  }
}

/** Returns the content that a notebook shows: a table of the first samples, and the prompt. */
function displayRollouts(rollouts: Rollouts): DisplayBundle {
  const { prompt, responses, numResponses, errors, model } = rollouts;
  const rest = responses.length - DISPLAYED;
  return displayBundle({
    caption: [
      model,
      `${responses.length} of ${numResponses} samples`,
      `${rollouts.getTotalTokens()} tokens`,
      shownCost(rollouts.getTotalCost()),
      ...(rest > 0 ? [`the first ${DISPLAYED} are shown`] : []),
    ].join(" · "),
    head: [
      "Seed",
      "Reasoning",
      "Content",
      "Finish reason",
      "Output tokens",
      "Cost",
      "Cached",
    ],
    rows: responses.slice(0, DISPLAYED).map((response) => [
      String(response.seed),
      response.reasoning ?? "",
      response.refusal ?? response.content,
      response.finishReason ?? "?",
      String(response.usage.completionTokens ?? "?"),
      shownCost(response.usage.cost),
      response.cached ? "yes" : "no",
    ]),
    texts: [
      [
        "Prompt",
        typeof prompt === "string" ? prompt : JSON.stringify(prompt, null, 2),
      ],
      ...[...errors].slice(0, DISPLAYED)
        .map(([seed, { message }]) =>
          [`Error of seed ${seed}`, message] as const
        ),
    ],
  });
}

/** How many samples, and how many errors, a notebook shows. */
const DISPLAYED = 20;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
