import type { RolloutsError } from "./errors.ts";
import type { Prompt } from "./prompt.ts";
import type { Response } from "./response.ts";

/** What a {@linkcode Rollouts} is made of. */
export interface RolloutsData {
  /** The prompt as the caller gave it. */
  readonly prompt: Prompt;
  /** The samples that are there, in the order of their seeds. */
  readonly responses: readonly Response[];
  /** How many samples were asked for. */
  readonly numResponses: number;
  /** Why the others failed, by seed. */
  readonly errors: ReadonlyMap<number, RolloutsError>;
  /** The temperature. */
  readonly temperature: number;
  /** The nucleus sampling parameter. */
  readonly topP: number;
  /** The most tokens of one answer. */
  readonly maxTokens: number;
  /** The model that was asked for. */
  readonly model: string;
  /** The directory with the samples' files; null without a cache. */
  readonly cacheDir: string | null;
}

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
export class Rollouts implements Iterable<Response>, RolloutsData {
  readonly prompt: Prompt;
  readonly responses: readonly Response[];
  readonly numResponses: number;
  readonly errors: ReadonlyMap<number, RolloutsError>;
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  readonly model: string;
  readonly cacheDir: string | null;

  /** Makes the set from its parts. */
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

  /** How many samples are there. */
  get length(): number {
    return this.responses.length;
  }

  /** The samples, one after the other. */
  [Symbol.iterator](): Iterator<Response> {
    return this.responses[Symbol.iterator]();
  }

  /** The sample at an index, negative ones from the end; not the sample of a seed where some failed. */
  at(index: number): Response | undefined {
    return this.responses.at(index);
  }

  /** The whole text of each sample. */
  getTexts(): string[] {
    return this.responses.map((response) => response.full);
  }

  /** The reasoning of each sample; null where it has none. */
  getReasonings(): (string | null)[] {
    return this.responses.map((response) => response.reasoning);
  }

  /** The content of each sample. */
  getContents(): string[] {
    return this.responses.map((response) => response.content);
  }

  /** The tokens of all samples, prompts included. */
  getTotalTokens(): number {
    return sum(this.responses.map((response) => response.usage.totalTokens));
  }

  /** How many samples ended for which reason. */
  getFinishReasons(): Record<string, number> {
    const counts = new Map<string, number>();
    for (const { finishReason } of this.responses) {
      if (finishReason === null) continue;
      counts.set(finishReason, (counts.get(finishReason) ?? 0) + 1);
    }
    return Object.fromEntries(counts);
  }

  /** What the samples cost, in US dollars, as far as providers said; cached ones count with what they cost once. */
  getTotalCost(): number {
    return sum(this.responses.map((response) => response.usage.cost ?? 0));
  }

  /** The set with the field names of the Python package `rollouts`, and those alone. */
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
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
