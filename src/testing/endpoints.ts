import type { MockPrefill } from "./mock_prefill.ts";

/**
 * What a provider makes of the raw text of `POST /completions`.
 *
 * - "plain": the model goes on with it, and the marks of its template (`<|end|>` and others) are given back
 * - "strip": the same, but marks are taken out of what is given back; `</think>` stays, for it is none
 * - "wrap": in silence it becomes a user's message, marks and all, that the model answers afresh
 * - "refuse": a 404
 */
export type MockRaw = "plain" | "strip" | "wrap" | "refuse";

/** One provider's offer of a model. */
export interface MockEndpoint {
  /** The provider's name, as answers give it. */
  readonly providerName: string;
  /** What `provider.only` and `provider.order` take. */
  readonly tag: string;
  /** The precision of the weights. */
  readonly quantization: string;
  /**
   * What it makes of a prefill.
   *
   * @default {model.prefill}
   */
  readonly prefill?: MockPrefill;
  /**
   * What it makes of a raw text.
   *
   * @default {"plain"}
   */
  readonly raw?: MockRaw;
  /**
   * Dollars per prompt token, as a decimal string.
   *
   * @default {model.promptPrice}
   */
  readonly promptPrice?: string;
  /**
   * Dollars per completion token, as a decimal string.
   *
   * @default {model.completionPrice}
   */
  readonly completionPrice?: string;
  /**
   * What its answers take beyond the server's `latencyMs`, in milliseconds.
   *
   * @default {0}
   */
  readonly latencyMs?: number;
}

/** An endpoint whose tag is made of its provider and its quantization. */
export function mockEndpoint(
  providerName: string,
  quantization: string,
  options: Omit<MockEndpoint, "providerName" | "tag" | "quantization"> = {},
): MockEndpoint {
  const slug = providerSlug(providerName);
  const tag = quantization === "unknown" ? slug : `${slug}/${quantization}`;
  return { providerName, tag, quantization, ...options };
}

/** The slug of a provider: "Google AI Studio" is "google-ai-studio". */
export function providerSlug(providerName: string): string {
  return providerName.toLowerCase().replaceAll(" ", "-");
}
