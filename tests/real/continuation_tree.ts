import { extractAnswer } from "../../src/resampling/extract_answer.ts";
import type { Random } from "../../src/testing/random.ts";
import { KvCache } from "../../src/testing/tiny_model/kv_cache.ts";
import type { Llama } from "../../src/testing/tiny_model/llama.ts";
import { logSoftmax } from "../../src/testing/tiny_model/log_softmax.ts";
import {
  decodeTokens,
  encodeTokens,
  MESSAGE_END,
} from "../../src/testing/tiny_model/tokenizer.ts";

/** The shares of the answers of a prompt's continuations. */
export type AnswerShares = ReadonlyMap<string, number>;

/** A text that the model may write, and the tokens that may follow. */
interface Node {
  /** How likely each next token is, without those that top-p removes. The sum is 1. */
  readonly shares: ReadonlyMap<number, number>;
  readonly children: Map<number, Node>;
}

/** Branches that are less likely are not explored. */
const MIN_PROBABILITY = 1e-5;

/**
 * The tree of all continuations of a prompt, with their exact probabilities at a temperature of 1.
 * Top-p removes most branches, so that there are few enough.
 */
export class ContinuationTree {
  readonly #llama: Llama;
  readonly #prompt: readonly number[];
  readonly #topP: number;
  readonly #root: Node;

  constructor(llama: Llama, prompt: string, topP: number) {
    this.#llama = llama;
    this.#prompt = encodeTokens(prompt);
    this.#topP = topP;
    this.#root = this.#evaluate(new KvCache(llama.config), this.#prompt);
  }

  /** Computes the exact share of each boxed answer. Those of unexplored branches are left out. */
  answerShares(): AnswerShares {
    const shares = new Map<string, number>();
    const cache = new KvCache(this.#llama.config);
    this.#evaluate(cache, this.#prompt);
    const explore = (
      node: Node,
      written: readonly number[],
      probability: number,
    ) => {
      for (const [token, share] of node.shares) {
        const own = probability * share;
        if (token === MESSAGE_END) {
          const text = decodeTokens(written);
          const answer = extractAnswer(text, "boxed") ?? "none";
          shares.set(answer, (shares.get(answer) ?? 0) + own);
        } else if (own >= MIN_PROBABILITY) {
          const { length } = cache.tokens;
          const child = this.#evaluate(cache, [token]);
          node.children.set(token, child);
          explore(child, [...written, token], own);
          cache.truncate(length);
        }
      }
    };
    explore(this.#root, [], 1);
    return shares;
  }

  /** Samples a continuation. */
  draw(random: Random): string {
    const tokens: number[] = [];
    let node = this.#root;
    for (;;) {
      const token = pick(node.shares, random());
      if (token === MESSAGE_END) return decodeTokens(tokens);
      tokens.push(token);
      let child = node.children.get(token);
      if (child === undefined) {
        const cache = new KvCache(this.#llama.config);
        child = this.#evaluate(cache, [...this.#prompt, ...tokens]);
        node.children.set(token, child);
      }
      node = child;
    }
  }

  #evaluate(cache: KvCache, tokens: readonly number[]): Node {
    const logprobs = logSoftmax(this.#llama.evaluate(tokens, cache));
    const likely = [...logprobs.keys()]
      .sort((a, b) => logprobs[b]! - logprobs[a]!);
    const nucleus: (readonly [token: number, probability: number])[] = [];
    let sum = 0;
    for (const token of likely) {
      const probability = Math.exp(logprobs[token]!);
      nucleus.push([token, probability]);
      sum += probability;
      if (sum >= this.#topP) break;
    }
    const shares = nucleus
      .map(([token, probability]) => [token, probability / sum] as const);
    return { shares: new Map(shares), children: new Map() };
  }
}

function pick(shares: ReadonlyMap<number, number>, at: number): number {
  let rest = at;
  let last = MESSAGE_END;
  for (const [token, share] of shares) {
    last = token;
    if ((rest -= share) < 0) break;
  }
  return last;
}
