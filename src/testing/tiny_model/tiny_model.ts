import type { Random } from "../random.ts";
import { KvCache } from "./kv_cache.ts";
import { Llama } from "./llama.ts";
import type { LlamaWeights } from "./llama_weights.ts";
import { PrefixCache } from "./prefix_cache.ts";
import { sampleToken, type SamplingParameters } from "./sample_token.ts";
import { type TokenLogprobs, tokenLogprobs } from "./token_logprobs.ts";
import { MESSAGE_END } from "./tokenizer.ts";

/** Options of {@linkcode TinyModel.generate}. */
export interface GenerateOptions extends SamplingParameters {
  /** The source of the random choices. */
  readonly random: Random;
  /** The highest number of tokens; the context may end before. */
  readonly maxTokens: number;
  /** The number of alternatives for each token, or null for no log probabilities. */
  readonly topLogprobs: number | null;
  /** Whether to stop after these tokens. */
  readonly isComplete: (tokens: readonly number[]) => boolean;
}

/** The tokens that a model generated. */
export interface GeneratedTokens {
  /** The tokens, without the one that ends a message. */
  readonly tokens: readonly number[];
  /** Their log probabilities, or null if they were not requested. */
  readonly logprobs: readonly TokenLogprobs[] | null;
  /** "length" if it stopped only because of the limit. */
  readonly finishReason: "stop" | "length";
}

/** A language model that generates text. */
export class TinyModel {
  readonly #llama: Llama;
  readonly #prefixes: PrefixCache;

  /** Creates a model with the given weights. */
  constructor(weights: LlamaWeights) {
    this.#llama = new Llama(weights);
    this.#prefixes = new PrefixCache(weights.config);
  }

  /** The longest sequence, in tokens. */
  get contextLength(): number {
    return this.#llama.config.contextLength;
  }

  /**
   * Returns the log probabilities of given tokens, each after the ones before it. That of the first is
   * null.
   *
   * @param tokens At most as many as the context has.
   * @param topLogprobs The number of alternatives for each token.
   */
  score(
    tokens: readonly number[],
    topLogprobs: number,
  ): (TokenLogprobs | null)[] {
    const cache = new KvCache(this.#llama.config);
    return tokens.map((token, index) =>
      index === 0 ? null : tokenLogprobs(
        this.#llama.evaluate([tokens[index - 1]!], cache),
        token,
        topLogprobs,
      )
    );
  }

  /**
   * Continues a prompt, token by token.
   *
   * @param prompt The tokens of the prompt, at least one and fewer than the context has.
   */
  generate(
    prompt: readonly number[],
    options: GenerateOptions,
  ): GeneratedTokens {
    const { random, maxTokens, topLogprobs, isComplete } = options;
    const cache = this.#prefixes.take(prompt);
    const limit = Math.min(maxTokens, this.contextLength - prompt.length);
    const tokens: number[] = [];
    const logprobs: TokenLogprobs[] = [];
    let next = prompt.slice(cache.tokens.length);
    while (tokens.length < limit) {
      const logits = this.#llama.evaluate(next, cache);
      const token = sampleToken(logits, options, random);
      if (token === MESSAGE_END) return done("stop");
      tokens.push(token);
      if (topLogprobs !== null) {
        logprobs.push(tokenLogprobs(logits, token, topLogprobs));
      }
      if (isComplete(tokens)) return done("stop");
      next = [token];
    }
    return done("length");

    function done(finishReason: "stop" | "length"): GeneratedTokens {
      return {
        tokens,
        logprobs: topLogprobs === null ? null : logprobs,
        finishReason,
      };
    }
  }
}
