import type { JsonObject } from "../util/json_object.ts";
import type { Usage } from "./completion_body.ts";
import { HttpError } from "./http_error.ts";
import { hashText } from "./random.ts";
import { countTokens } from "./tokenize.ts";

export interface EmbeddingsBody extends JsonObject {
  readonly usage: Usage;
}

const MODEL = "openai/text-embedding-3-small";

/** Dollars per token. */
const PRICE = 0.00000002;

const DIMENSIONS = 64;

/**
 * Returns the response to `POST /embeddings`. Texts that share words are similar: each word has its
 * own direction, and a text has the sum of those of its words.
 *
 * @throws {HttpError} With status 400 if the request is invalid, 404 if it is for another model.
 */
export function embeddingsBody(body: unknown): EmbeddingsBody {
  const { model, input } = (body ?? {}) as JsonObject;
  const texts: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || !texts.every((text) => typeof text === "string")) {
    throw new HttpError(400, "Invalid request: input must be text");
  }
  if (model !== MODEL) {
    throw new HttpError(404, `No endpoints found for ${model}.`);
  }
  const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
  return {
    object: "list",
    model,
    data: texts.map((text, index) => ({
      object: "embedding",
      index,
      embedding: embed(text),
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
