import type { BilledTokens, TokenMargins } from "./token_margins.ts";

/** The size of a request and of the answer that it asks for. */
export interface RequestSize {
  /** The bytes of the body, without images. */
  readonly bytes: number;
  /** The images in it. */
  readonly images: number;
  /** The limit of output tokens, or `null` if the request has none. */
  readonly maxTokens: number | null;
}

/** The price of a model or an endpoint, and its limits of input and output tokens. */
export interface TokenPrice {
  readonly contextTokens: number;
  readonly maxCompletionTokens: number;
  /** Returns the costs at the most expensive hour and at the cheapest one, in US dollars. */
  readonly costsUsd: (
    units: BilledUnits,
  ) => { readonly peakUsd: number; readonly offPeakUsd: number };
}

/** The quantities of a request that have a price. */
export interface BilledUnits {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly images: number;
}

/** The maximum number of tokens of an image. Providers scale large images down to a few thousand tokens. */
const IMAGE_TOKENS = 20_000;

/** The worst-case cost of a request, as far as prices, sizes and earlier answers show it. */
export class CostBound {
  readonly #size: RequestSize;
  readonly #prices: readonly TokenPrice[];
  readonly #margins: TokenMargins;
  /** Why the cost has no bound, or `null` if it has one. */
  readonly unboundedBy: string | null;

  /**
   * @param prices Those of every model and endpoint that may answer.
   * @param margins What is known about the model's tokens.
   */
  constructor(size: RequestSize, { prices, margins, unboundedBy }: {
    readonly prices: readonly TokenPrice[];
    readonly margins: TokenMargins;
    readonly unboundedBy: string | null;
  }) {
    this.#size = size;
    this.#prices = prices;
    this.#margins = margins;
    this.unboundedBy = unboundedBy ??
      (prices.some((price) => this.#outputTokens(price) === Infinity)
        ? "max_tokens is not set, and the model's own limit is unknown"
        : null);
  }

  get maxUsd(): number {
    return this.#most("peakUsd");
  }

  /** The most that it can cost at the cheapest hour of the day. */
  get offPeakUsd(): number {
    return this.#most("offPeakUsd");
  }

  /** Learns from an answer. */
  observe(tokens: BilledTokens): void {
    const { bytes, images, maxTokens } = this.#size;
    this.#margins.observe(tokens, {
      bytes: bytes + images * IMAGE_TOKENS,
      maxTokens: maxTokens ?? Infinity,
    });
  }

  #most(hour: "peakUsd" | "offPeakUsd"): number {
    const { bytes, images } = this.#size;
    const promptTokens = this.#margins.promptTokens(
      bytes + images * IMAGE_TOKENS,
    );
    return this.#prices.reduce((most, price) => {
      const completionTokens = this.#outputTokens(price);
      // Without a bound, only the rest is known.
      const units = {
        promptTokens: Math.min(promptTokens, price.contextTokens),
        completionTokens: Number.isFinite(completionTokens)
          ? completionTokens
          : 0,
        images,
      };
      return Math.max(most, price.costsUsd(units)[hour]);
    }, 0);
  }

  #outputTokens({ contextTokens, maxCompletionTokens }: TokenPrice): number {
    const { maxTokens } = this.#size;
    return maxTokens === null
      ? Math.min(maxCompletionTokens, contextTokens)
      : Math.min(this.#margins.outputTokens(maxTokens), contextTokens);
  }
}
