import { isJsonObject, type JsonObject } from "../util/json_object.ts";

/** A model of the catalog. Prices are in US dollars for a million tokens. */
export interface ModelInfo {
  /** Its slug, as the option `model` takes it. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The most tokens of prompt and answer together; null where it is not known. */
  readonly contextTokens: number | null;
  /** The most tokens of an answer; null where it is not known. */
  readonly maxCompletionTokens: number | null;
  /** For tokens of the prompt; null where it is not known. */
  readonly promptUsdPerMillion: number | null;
  /** For tokens that the model writes; null where it is not known. */
  readonly completionUsdPerMillion: number | null;
  /** The parameters that at least one provider takes. */
  readonly supportedParameters: readonly string[];
}

/** A provider that serves a model. Prices are in US dollars for a million tokens. */
export interface EndpointInfo {
  /** The provider's name. */
  readonly provider: string;
  /** What `provider.only` and `provider.order` take. */
  readonly tag: string;
  /** The precision of the weights, such as `fp8`; null where it is not known. */
  readonly quantization: string | null;
  /** The most tokens of prompt and answer together; null where it is not known. */
  readonly contextTokens: number | null;
  /** The most tokens of an answer; null where it is not known. */
  readonly maxCompletionTokens: number | null;
  /** For tokens of the prompt; null where it is not known. */
  readonly promptUsdPerMillion: number | null;
  /** For tokens that the model writes; null where it is not known. */
  readonly completionUsdPerMillion: number | null;
  /** The share of the last 30 minutes' requests that it answered, in percent; null where it is not known. */
  readonly uptimePercent: number | null;
  /** 0 where all is well, below where it is not; null where it is not known. */
  readonly status: number | null;
  /** The parameters that it takes. */
  readonly supportedParameters: readonly string[];
}

/** What a key has used and may use, in US dollars. */
export interface KeyInfo {
  /** Its name: the key, mostly hidden. */
  readonly label: string;
  /** What was spent. */
  readonly usageUsd: number | null;
  /** The key's own limit; null for none. */
  readonly limitUsd: number | null;
  /** What is left of that limit; null for none. */
  readonly remainingUsd: number | null;
  /** Whether nothing was ever paid in; null where it is not known. */
  readonly isFreeTier: boolean | null;
}

/** The models in the answer of `GET /models`; null where it has none. */
export function modelEntries(body: unknown): ModelInfo[] | null {
  if (!isJsonObject(body) || !Array.isArray(body.data)) return null;
  return body.data.filter(isJsonObject).map((model) => ({
    id: String(model.id),
    name: String(model.name ?? model.id),
    contextTokens: number(model.context_length),
    maxCompletionTokens: number(
      member(model.top_provider).max_completion_tokens,
    ),
    ...prices(model),
    supportedParameters: texts(model.supported_parameters),
  }));
}

/** The providers in the answer of `GET /models/{slug}/endpoints`; null where it has none. */
export function endpointEntries(body: unknown): EndpointInfo[] | null {
  const { endpoints } = member(member(body).data);
  if (!Array.isArray(endpoints)) return null;
  return endpoints.filter(isJsonObject).map((endpoint) => ({
    provider: String(endpoint.provider_name),
    tag: String(endpoint.tag),
    quantization: text(endpoint.quantization),
    contextTokens: number(endpoint.context_length),
    maxCompletionTokens: number(endpoint.max_completion_tokens),
    ...prices(endpoint),
    uptimePercent: number(endpoint.uptime_last_30m),
    status: number(endpoint.status),
    supportedParameters: texts(endpoint.supported_parameters),
  }));
}

/** The account in the answer of `GET /key`; null where it has none. */
export function keyEntry(body: unknown): KeyInfo | null {
  const { data } = member(body);
  if (!isJsonObject(data)) return null;
  return {
    label: String(data.label ?? ""),
    usageUsd: number(data.usage),
    limitUsd: number(data.limit),
    remainingUsd: number(data.limit_remaining),
    isFreeTier: typeof data.is_free_tier === "boolean"
      ? data.is_free_tier
      : null,
  };
}

/** Prices stand there as decimal text, in dollars a token. */
function prices({ pricing }: JsonObject) {
  const perMillion = (value: unknown) => {
    const perToken = typeof value === "string" ? Number(value) : NaN;
    // Below zero it stands for a price that is known later.
    return perToken >= 0 ? Number((perToken * 1e6).toPrecision(6)) : null;
  };
  const { prompt, completion } = member(pricing);
  return {
    promptUsdPerMillion: perMillion(prompt),
    completionUsdPerMillion: perMillion(completion),
  };
}

function member(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item) => typeof item === "string")
    : [];
}
