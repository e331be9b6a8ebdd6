import type { MockEndpoint, PrefillBehavior } from "./endpoints.ts";
import models from "./mock_models.json" with { type: "json" };

/** A model that the mock server offers. */
export interface MockModel {
  /** The slug for requests. */
  readonly id: string;
  /** The dated slug that responses have. */
  readonly canonicalSlug: string;
  /** The display name. */
  readonly name: string;
  /** The longest prompt, in tokens. */
  readonly contextLength: number;
  /** The longest completion, in tokens. */
  readonly maxCompletionTokens: number;
  /** Dollars per prompt token, as a decimal string. */
  readonly promptPrice: string;
  /** Dollars per completion token, as a decimal string. */
  readonly completionPrice: string;
  /**
   * When it reasons: "always", or by "default" unless the request disables it, or only if the
   * request enables it ("optional"), or "never".
   */
  readonly reasoning: "always" | "default" | "optional" | "never";
  /**
   * Whether responses omit its reasoning. The tokens are counted all the same.
   *
   * @default {false}
   */
  readonly hidesReasoning?: boolean;
  /**
   * Whether it answers with the planted chain of thought, in which a few sentences decide the
   * answer: see `plantedAnswerShares`.
   *
   * @default {false}
   */
  readonly isPlanted?: boolean;
  /**
   * Whether a real language model answers, which this package contains: a Llama of 253,152
   * parameters, trained on invented sums. It reasons, continues prefills, and reports its log
   * probabilities. Its context has 512 tokens; a token is a byte. It ignores tools, response
   * formats and penalties. It is too small for the words that `probePrefill()` asks for, which
   * therefore reports that it does not continue prefills.
   *
   * @default {false}
   */
  readonly isTinySums?: boolean;
  /** The behavior of its endpoints for a prefill, unless they have their own behavior. */
  readonly prefill: PrefillBehavior;
  /** The providers that offer it, the usual one first. */
  readonly endpoints: readonly MockEndpoint[];
}

/**
 * The models that a mock server offers by default. `qwen/qwen3-235b-a22b` has one provider for each
 * prefill behavior, so that a probe has to tell them all apart, and `openai/gpt-oss-20b` one for each
 * behavior for raw prompts.
 *
 * @example
 * ```ts
 * import { MOCK_MODELS } from "@rollouts/client/testing";
 *
 * console.log(MOCK_MODELS.map((model) => model.id));
 * ```
 */
export const MOCK_MODELS: readonly MockModel[] = models as readonly MockModel[];
