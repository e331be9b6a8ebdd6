import {
  booleanOrNull,
  isJsonObject,
  type JsonObject,
  numberOrNull,
  objectOrEmpty,
  stringOrNull,
} from "../util/json_object.ts";
import { parseUsd } from "./parse_usd.ts";

/** A model of the catalog. Limits and prices are `null` if the API does not report them. */
export interface ModelInfo {
  /** The slug, as for the option `model`. */
  readonly id: string;
  /** The display name. */
  readonly name: string;
  /** The maximum number of tokens of prompt and output together. */
  readonly contextTokens: number | null;
  /** The maximum number of output tokens. */
  readonly maxCompletionTokens: number | null;
  /** The price of a million prompt tokens, in US dollars. */
  readonly promptUsdPerMillion: number | null;
  /** The price of a million output tokens, in US dollars. */
  readonly completionUsdPerMillion: number | null;
  /** The API's names of the supported parameters. For a model, those of at least one endpoint. */
  readonly supportedParameters: readonly string[];
}

/** An endpoint that serves a model. Its limits and prices can differ from the model's. */
export interface EndpointInfo extends Omit<ModelInfo, "id" | "name"> {
  /** The provider's display name. */
  readonly provider: string;
  /** The endpoint's tag, as for `provider.only` and `provider.order`. */
  readonly tag: string;
  /** The precision of the weights, such as `fp8`, or `null` if it is unknown. */
  readonly quantization: string | null;
  /** The share of requests that succeeded in the last 30 minutes, in percent, or `null` if it is unknown. */
  readonly uptimePercent: number | null;
  /** 0 if the endpoint works, negative if it is degraded, or `null` if it is unknown. */
  readonly status: number | null;
}

/** The usage and limits of a key, in US dollars. */
export interface KeyInfo {
  /** The key's label: the key itself, mostly masked. */
  readonly label: string;
  /** The amount spent, or `null` if it is unknown. */
  readonly usageUsd: number | null;
  /** The key's spending limit, or `null` if it has none. */
  readonly limitUsd: number | null;
  /** The remaining amount of that limit, or `null` if there is no limit. */
  readonly remainingUsd: number | null;
  /** Whether the account has never bought credits, or `null` if it is unknown. */
  readonly isFreeTier: boolean | null;
}

/** Parses the response of `GET /models`. Returns `null` if it is not a list of models. */
export function modelEntries(body: unknown): ModelInfo[] | null {
  if (!isJsonObject(body) || !Array.isArray(body.data)) return null;
  return body.data.filter(isJsonObject).map((model) => ({
    id: String(model.id),
    name: String(model.name ?? model.id),
    contextTokens: numberOrNull(model.context_length),
    maxCompletionTokens: numberOrNull(
      objectOrEmpty(model.top_provider).max_completion_tokens,
    ),
    ...prices(model),
    supportedParameters: texts(model.supported_parameters),
  }));
}

/** Parses the response of `GET /models/{slug}/endpoints`. Returns `null` if it has no endpoints. */
export function endpointEntries(body: unknown): EndpointInfo[] | null {
  const { endpoints } = objectOrEmpty(objectOrEmpty(body).data);
  if (!Array.isArray(endpoints)) return null;
  return endpoints.filter(isJsonObject).map((endpoint) => ({
    provider: String(endpoint.provider_name),
    tag: String(endpoint.tag),
    quantization: stringOrNull(endpoint.quantization),
    contextTokens: numberOrNull(endpoint.context_length),
    maxCompletionTokens: numberOrNull(endpoint.max_completion_tokens),
    ...prices(endpoint),
    uptimePercent: numberOrNull(endpoint.uptime_last_30m),
    status: numberOrNull(endpoint.status),
    supportedParameters: texts(endpoint.supported_parameters),
  }));
}

/** Parses the response of `GET /key`. Returns `null` if it does not describe a key. */
export function keyEntry(body: unknown): KeyInfo | null {
  const { data } = objectOrEmpty(body);
  if (!isJsonObject(data)) return null;
  return {
    label: String(data.label ?? ""),
    usageUsd: numberOrNull(data.usage),
    limitUsd: numberOrNull(data.limit),
    remainingUsd: numberOrNull(data.limit_remaining),
    isFreeTier: booleanOrNull(data.is_free_tier),
  };
}

/** The API has prices in dollars per token. */
function prices({ pricing }: JsonObject) {
  const perMillion = (value: unknown) => {
    const perToken = parseUsd(value);
    return perToken === null ? null : Number((perToken * 1e6).toPrecision(6));
  };
  const { prompt, completion } = objectOrEmpty(pricing);
  return {
    promptUsdPerMillion: perMillion(prompt),
    completionUsdPerMillion: perMillion(completion),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item) => typeof item === "string")
    : [];
}
