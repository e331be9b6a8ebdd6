import type { JsonObject } from "../util/json_object.ts";
import fields from "./catalog_fields.json" with { type: "json" };
import type { Generation } from "./completion_body.ts";
import type { MockModel } from "./models.ts";

/** Returns the response to `GET /models`. */
export function modelsBody(models: Iterable<MockModel>): JsonObject {
  const data = Array.from(models, modelEntry);
  return { data, total_count: data.length, links: { next: null } };
}

/** Returns the response to `GET /models/{author}/{slug}/endpoints`. */
export function endpointsBody(model: MockModel): JsonObject {
  const { id, name, canonicalSlug, contextLength, maxCompletionTokens } = model;
  return {
    data: {
      id,
      name,
      created: fields.model.created,
      description: `${name}, played by the mock server.`,
      architecture: architecture(model),
      endpoints: model.endpoints.map((endpoint, index) => {
        const { providerName, tag, quantization, latencyMs = 0 } = endpoint;
        return {
          ...fields.endpoint,
          name: `${providerName} | ${canonicalSlug}`,
          model_id: id,
          model_name: name,
          context_length: contextLength,
          pricing: pricing({ ...model, ...endpoint }),
          provider_name: providerName,
          tag,
          quantization,
          max_completion_tokens: maxCompletionTokens,
          supported_parameters: supportedParameters(model),
          uptime_last_5m: 100 - index / 4,
          uptime_last_30m: 100 - index / 2,
          uptime_last_1d: 99.9 - index / 2,
          latency_last_30m: {
            p50: 400 + latencyMs,
            p75: 600 + latencyMs,
            p90: 900 + latencyMs,
            p99: 2500 + latencyMs,
          },
        };
      }),
    },
  };
}

/** Returns the response to `GET /providers`. */
export function providersBody(models: Iterable<MockModel>): JsonObject {
  const names = new Set(
    Array.from(models).flatMap(({ endpoints }) =>
      endpoints.map(({ providerName }) => providerName)
    ),
  );
  return {
    data: [...names].sort().map((name) => ({
      ...fields.provider,
      name,
      slug: name.toLowerCase().replaceAll(" ", "-"),
    })),
  };
}

/** Returns the response to `GET /key`, for a key that has spent `usage` dollars. */
export function keyBody(usage: number): JsonObject {
  return {
    data: {
      ...fields.key,
      limit_remaining: fields.key.limit - usage,
      usage,
      usage_daily: usage,
      usage_weekly: usage,
      usage_monthly: usage,
    },
  };
}

/** Returns the response to `GET /generation?id=`. */
export function generationBody(generation: Generation): JsonObject {
  const { id, created, model, endpoint, request, completion } = generation;
  const { cost } = generation.usage;
  return {
    data: {
      ...fields.generation,
      id,
      model: model.canonicalSlug,
      provider_name: endpoint.providerName,
      created_at: new Date(created * 1000).toISOString(),
      streamed: request.stream,
      finish_reason: completion.finishReason,
      native_finish_reason: completion.finishReason,
      tokens_prompt: completion.promptTokens,
      tokens_completion: completion.completionTokens,
      native_tokens_prompt: completion.promptTokens,
      native_tokens_completion: completion.completionTokens,
      native_tokens_reasoning: completion.reasoningTokens,
      total_cost: cost,
      usage: cost,
    },
  };
}

function modelEntry(model: MockModel): JsonObject {
  const { id, canonicalSlug, name, contextLength, maxCompletionTokens } = model;
  return {
    ...fields.model,
    id,
    canonical_slug: canonicalSlug,
    name,
    description: `${name}, played by the mock server.`,
    context_length: contextLength,
    architecture: architecture(model),
    pricing: pricing(model),
    top_provider: {
      context_length: contextLength,
      max_completion_tokens: maxCompletionTokens,
      is_moderated: false,
    },
    supported_parameters: supportedParameters(model),
    links: { details: `/api/v1/models/${canonicalSlug}/endpoints` },
    ...(model.reasoning === "never" ? {} : {
      reasoning: {
        mandatory: model.reasoning === "always",
        default_enabled: model.reasoning !== "optional",
        supports_max_tokens: true,
      },
    }),
  };
}

function architecture({ id }: MockModel): JsonObject {
  const tokenizer = id.startsWith("qwen/") ? "Qwen3" : "Other";
  return { ...fields.architecture, tokenizer };
}

function pricing({ promptPrice, completionPrice }: MockModel): JsonObject {
  return {
    ...fields.pricing,
    prompt: promptPrice,
    completion: completionPrice,
  };
}

function supportedParameters(model: MockModel): string[] {
  if (model.isTinySums) return fields.tinySumsParameters;
  return model.reasoning === "never"
    ? fields.supportedParameters
    : ["include_reasoning", "reasoning", ...fields.supportedParameters];
}
