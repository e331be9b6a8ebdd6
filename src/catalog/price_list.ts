import { isJsonObject, type JsonObject } from "../util/json_object.ts";

/** The prices of a model, in US dollars. */
export interface Price {
  /** Per prompt token. */
  readonly promptUsd: number;
  /** Per output token: the higher of the prices for reasoning and for other output. */
  readonly completionUsd: number;
  /** Per request. */
  readonly requestUsd: number;
  /** The most tokens of a prompt, or `Infinity` if it is unknown. */
  readonly contextTokens: number;
}

/** Prices by model slug. */
export type PriceList = ReadonlyMap<string, Price>;

/** Parses the response of `GET /models`. Models without a known price are omitted. */
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
 * Returns the most that a request can cost, in US dollars: for `max_tokens` output tokens and a prompt of
 * one token per byte, up to the context of the model. If the request names several models, the most
 * expensive one counts. Returns `null` if a price is unknown.
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

/** Returns the bytes of a request's messages or prompt: an upper bound of its tokens. */
export function promptBytes(body: Readonly<JsonObject>): number {
  const text = JSON.stringify(body.messages ?? body.prompt);
  return new TextEncoder().encode(text).length;
}

/** A variant that only affects routing, such as `:nitro`, has the price of its model. */
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

/** A negative price means that it depends on the model that a router selects. */
function dollars(value: unknown): number | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  if (value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
