import { isJsonObject, type JsonObject } from "../util/json_object.ts";

/** What a model costs, in US dollars. */
export interface Price {
  /** For a token of the prompt. */
  readonly promptUsd: number;
  /** For a token that the model writes, the dearer of reasoning and answer. */
  readonly completionUsd: number;
  /** For a request. */
  readonly requestUsd: number;
  /** The most tokens of a prompt; Infinity where it is not known. */
  readonly contextTokens: number;
}

/** Prices by the models' slugs. */
export type PriceList = ReadonlyMap<string, Price>;

/** The prices in the answer of `GET /models`, where they stand as decimal text. Models without are left out. */
export function parsePriceList(body: unknown): PriceList {
  const models = isJsonObject(body) && Array.isArray(body.data)
    ? body.data
    : [];
  const prices = new Map<string, Price>();
  for (const model of models) {
    if (!isJsonObject(model) || !isJsonObject(model.pricing)) continue;
    const price = parsePrice(model.pricing, model.context_length);
    if (price !== null && typeof model.id === "string") {
      prices.set(model.id, price);
    }
  }
  return prices;
}

/**
 * What a request can cost at its worst, in US dollars: `max_tokens` tokens of answer, and a token
 * for each byte of its messages or prompt (no tokenizer in use writes more), up to the model's context;
 * the dearest where it names several models. Null where a price is not known.
 */
export function worstCostUsd(
  prices: PriceList,
  body: Readonly<JsonObject>,
): number | null {
  const models: unknown[] = [
    body.model,
    ...(Array.isArray(body.models) ? body.models : []),
  ];
  const bytes = promptBytes(body);
  let worstUsd = 0;
  for (const model of models) {
    const price = findPrice(prices, String(model));
    if (price === null) return null;
    const costUsd = price.requestUsd +
      price.promptUsd * Math.min(bytes, price.contextTokens) +
      price.completionUsd * Number(body.max_tokens);
    worstUsd = Math.max(worstUsd, costUsd);
  }
  return worstUsd;
}

/** The size of a request's messages or prompt, which no tokenizer in use makes more tokens of. */
export function promptBytes(body: Readonly<JsonObject>): number {
  const text = JSON.stringify(body.messages ?? body.prompt);
  return new TextEncoder().encode(text).length;
}

/** A variant that only routes, such as `:nitro`, has the price of its model. */
function findPrice(prices: PriceList, model: string): Price | null {
  return prices.get(model) ?? prices.get(model.replace(/:[^:/]*$/, "")) ?? null;
}

function parsePrice(pricing: JsonObject, contextLength: unknown): Price | null {
  const promptUsd = dollars(pricing.prompt);
  const completionUsd = dollars(pricing.completion);
  if (promptUsd === null || completionUsd === null) return null;
  return {
    promptUsd,
    completionUsd: Math.max(
      completionUsd,
      dollars(pricing.internal_reasoning) ?? 0,
    ),
    requestUsd: dollars(pricing.request) ?? 0,
    contextTokens: typeof contextLength === "number" ? contextLength : Infinity,
  };
}

/** A negative price stands for one that depends on the model that is chosen. */
function dollars(value: unknown): number | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  if (value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
