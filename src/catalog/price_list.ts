import type { BilledUnits } from "../scheduler/cost_bound.ts";
import { type ModelParameters, parseParameters } from "./parameter_warnings.ts";
import { parseUsd } from "./parse_usd.ts";
import {
  isJsonObject,
  type JsonObject,
  objectOrEmpty,
  objectsIn,
} from "../util/json_object.ts";

/** Prices in US dollars. */
export interface PriceTier {
  /** Per prompt token, at the highest of the prices for reading it and for writing it to a cache. */
  readonly promptUsd: number;
  /** Per output token, at the highest of the prices for reasoning and for other output. */
  readonly completionUsd: number;
  readonly requestUsd: number;
  /** Per image of the prompt, in addition to its tokens. */
  readonly imageUsd: number;
  /** The tokens from which on a prompt has these prices. */
  readonly minPromptTokens: number;
  /** Whether they apply only at some hours of the day. */
  readonly isHourly: boolean;
}

/** The prices of a model or an endpoint. */
export interface Price {
  /** The usual prices, then those of long prompts and of some hours. */
  readonly tiers: readonly PriceTier[];
  /** The maximum number of tokens of prompt and output together, or `Infinity` if it is unknown. */
  readonly contextTokens: number;
  /** The maximum number of output tokens, or `Infinity` if it is unknown. */
  readonly maxCompletionTokens: number;
  readonly parameters: ModelParameters;
}

/** Prices by model slug. */
export type PriceList = ReadonlyMap<string, Price>;

/** Parses the response of `GET /models`. Models without a known price are omitted. */
export function parsePriceList(body: unknown): PriceList {
  const prices = new Map<string, Price>();
  for (const model of objectsIn(objectOrEmpty(body).data)) {
    const price = parsePrice(model);
    if (price !== null) prices.set(String(model.id), price);
  }
  return prices;
}

/** Parses the price of a model or an endpoint, or returns `null` if it is unknown. */
export function parsePrice(entry: unknown): Price | null {
  if (!isJsonObject(entry) || !isJsonObject(entry.pricing)) return null;
  const { pricing } = entry;
  const overrides = objectsIn(pricing.overrides)
    .map((own) => ({ ...pricing, ...own }));
  const tiers = [pricing, ...overrides].map(parseTier);
  const top = objectOrEmpty(entry.top_provider);
  return tiers.every((tier) => tier !== null)
    ? {
      tiers,
      contextTokens: count(entry.context_length),
      maxCompletionTokens: count(
        entry.max_completion_tokens ?? top.max_completion_tokens,
      ),
      parameters: parseParameters(entry),
    }
    : null;
}

/** A variant that only affects routing, such as `:nitro`, has the price of its model. */
export function findPrice(prices: PriceList, model: string): Price | null {
  return prices.get(model) ?? prices.get(model.replace(/:[^:/]*$/, "")) ?? null;
}

/** Returns what a request costs at the most expensive hour, and at the cheapest one, in US dollars. */
export function costsUsd(
  { tiers }: Price,
  units: BilledUnits,
): { readonly peakUsd: number; readonly offPeakUsd: number } {
  const applying = tiers.filter(({ minPromptTokens }) =>
    minPromptTokens <= units.promptTokens
  );
  const usual = applying.filter(({ isHourly }) => !isHourly);
  const usualUsd = Math.max(...usual.map((tier) => tierUsd(tier, units)));
  const hourly = applying.filter(({ isHourly }) => isHourly)
    .map((tier) => tierUsd(tier, units));
  return {
    peakUsd: Math.max(usualUsd, ...hourly),
    offPeakUsd: Math.min(usualUsd, ...hourly),
  };
}

function tierUsd(tier: PriceTier, units: BilledUnits): number {
  return tier.requestUsd + tier.imageUsd * units.images +
    tier.promptUsd * units.promptTokens +
    tier.completionUsd * units.completionTokens;
}

function parseTier(pricing: JsonObject): PriceTier | null {
  const promptUsd = parseUsd(pricing.prompt);
  const completionUsd = parseUsd(pricing.completion);
  if (promptUsd === null || completionUsd === null) return null;
  const most = (usd: number, ...others: unknown[]) =>
    Math.max(usd, ...others.map((other) => parseUsd(other) ?? 0)) /
    shareWithoutDiscount(pricing.discount);
  return {
    promptUsd: most(
      promptUsd,
      pricing.input_cache_write,
      pricing.input_cache_write_1h,
    ),
    completionUsd: most(completionUsd, pricing.internal_reasoning),
    requestUsd: most(0, pricing.request),
    imageUsd: most(0, pricing.image),
    minPromptTokens: Number(pricing.min_prompt_tokens ?? 0) || 0,
    isHourly: pricing.utc_start != null || pricing.utc_end != null,
  };
}

/** A discount can end during a run, so the price without it counts. */
function shareWithoutDiscount(discount: unknown): number {
  const share = Number(discount);
  return share > 0 && share < 1 ? 1 - share : 1;
}

function count(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : Infinity;
}
