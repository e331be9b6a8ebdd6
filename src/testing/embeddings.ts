import { MockHttpError } from "./http_error.ts";
import { hashText } from "./random.ts";
import { countTokens } from "./tokenize.ts";

/** The model for embeddings that the mock server plays. */
export const MOCK_EMBEDDING_MODEL = "openai/text-embedding-3-small";

/** Dollars per token. */
const PRICE = 0.00000002;

const DIMENSIONS = 64;

/**
 * The body that answers `POST /embeddings`. Texts that share words are alike: each word points in a
 * direction of its own, and a text in that of all its words together.
 *
 * @throws {MockHttpError} With status 400 where the request is wrong, 404 for another model.
 */
export function embeddingsBody(body: unknown): {
  readonly usage: {
    readonly prompt_tokens: number;
    readonly total_tokens: number;
    readonly cost: number;
  };
  readonly [field: string]: unknown;
} {
  const { model, input } = (body ?? {}) as Record<string, unknown>;
  const texts: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || !texts.every((text) => typeof text === "string")) {
    throw new MockHttpError(400, "Invalid request: input must be text");
  }
  if (model !== MOCK_EMBEDDING_MODEL) {
    throw new MockHttpError(404, `No endpoints found for ${model}.`);
  }
  const tokens = texts.reduce<number>(
    (sum, text) => sum + countTokens(String(text)),
    0,
  );
  return {
    object: "list",
    model,
    data: texts.map((text, index) => ({
      object: "embedding",
      index,
      embedding: embed(String(text)),
    })),
    usage: {
      prompt_tokens: tokens,
      total_tokens: tokens,
      cost: tokens * PRICE,
    },
  };
}

function embed(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [""]) {
    for (let part = 0; part < 4; part++) {
      const hash = hashText(`${word}|${part}`) >>> 0;
      vector[hash % DIMENSIONS]! += hash & 0x10000 ? 1 : -1;
    }
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
