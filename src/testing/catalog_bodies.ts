import type { JsonObject } from "../util/json_object.ts";
import type { Generation } from "./completion_body.ts";
import type { MockModel } from "./models.ts";
import { type MockEndpoint, providerSlug } from "./endpoints.ts";

/** Returns the response to `GET /models`. */
export function modelsBody(models: Iterable<MockModel>): JsonObject {
  const data = Array.from(models, modelEntry);
  return { data, total_count: data.length, links: { next: null } };
}

/** Returns the response to `GET /models/{author}/{slug}/endpoints`. */
export function endpointsBody(model: MockModel): JsonObject {
  return {
    data: {
      id: model.id,
      name: model.name,
      created: CREATED,
      description: `${model.name}, played by the mock server.`,
      architecture: architecture(model),
      endpoints: model.endpoints.map((endpoint, index) => ({
        name: `${endpoint.providerName} | ${model.canonicalSlug}`,
        model_id: model.id,
        model_name: model.name,
        context_length: model.contextLength,
        pricing: pricing({ ...model, ...endpoint }),
        provider_name: endpoint.providerName,
        tag: endpoint.tag,
        quantization: endpoint.quantization,
        max_completion_tokens: model.maxCompletionTokens,
        max_prompt_tokens: null,
        supported_parameters: supportedParameters(model),
        supports_implicit_caching: false,
        supports_tool_choice: {
          auto: true,
          function: true,
          none: true,
          required: true,
        },
        status: 0,
        uptime_last_5m: 100 - index / 4,
        uptime_last_30m: 100 - index / 2,
        uptime_last_1d: 99.9 - index / 2,
        latency_last_30m: latency(endpoint),
        throughput_last_30m: { p50: 60, p75: 50, p90: 40, p99: 20 },
      })),
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
      name,
      slug: providerSlug(name),
      privacy_policy_url: null,
      terms_of_service_url: null,
      status_page_url: null,
    })),
  };
}

/** Returns the response to `GET /key`, for a key that has spent `usage` dollars. */
export function keyBody(usage: number): JsonObject {
  const limit = 100;
  return {
    data: {
      label: "sk-or-v1-moc...key",
      limit,
      limit_remaining: limit - usage,
      limit_reset: null,
      usage,
      usage_daily: usage,
      usage_weekly: usage,
      usage_monthly: usage,
      byok_usage: 0,
      byok_usage_daily: 0,
      byok_usage_weekly: 0,
      byok_usage_monthly: 0,
      include_byok_in_limit: false,
      is_free_tier: false,
      is_management_key: false,
      is_provisioning_key: false,
      free_model_daily_requests: { used: 0, limit: 1000, remaining: 1000 },
      allowed_data_regions: ["global"],
      creator_user_id: null,
      organization_id: null,
      workspace_id: null,
      expires_at: null,
      rate_limit: {
        requests: -1,
        interval: "10s",
        note: "This field is deprecated and safe to ignore.",
      },
    },
  };
}

/** Returns the response to `GET /generation?id=`. */
export function generationBody(generation: Generation): JsonObject {
  const { id, created, model, endpoint, request, completion } = generation;
  const { cost } = generation.usage;
  return {
    data: {
      ...NULL_IN_GENERATIONS,
      id,
      model: model.canonicalSlug,
      provider_name: endpoint.providerName,
      api_type: "completions",
      created_at: new Date(created * 1000).toISOString(),
      data_region: "global",
      origin: "",
      streamed: request.stream,
      cancelled: false,
      finish_reason: completion.finishReason,
      native_finish_reason: completion.finishReason,
      tokens_prompt: completion.promptTokens,
      tokens_completion: completion.completionTokens,
      native_tokens_prompt: completion.promptTokens,
      native_tokens_completion: completion.completionTokens,
      native_tokens_reasoning: completion.reasoningTokens,
      native_tokens_cached: 0,
      is_byok: false,
      total_cost: cost,
      usage: cost,
      upstream_inference_cost: 0,
    },
  };
}

/** April 28, 2025. */
const CREATED = 1_745_798_400;

const COMMON_PARAMETERS = (
  "frequency_penalty logit_bias logprobs max_tokens min_p presence_penalty repetition_penalty " +
  "response_format seed stop structured_outputs temperature tool_choice tools top_k " +
  "top_logprobs top_p"
).split(" ");

const TINY_SUMS_PARAMETERS = (
  "include_reasoning logprobs max_tokens min_p reasoning seed stop temperature top_k top_logprobs " +
  "top_p"
).split(" ");

const NULL_IN_GENERATIONS = Object.fromEntries(
  (
    "app_id cache_discount external_user generation_time http_referer latency " +
    "moderation_latency native_tokens_completion_images num_fetches num_input_audio_prompt " +
    "num_media_completion num_media_prompt num_search_results preset_id provider_responses " +
    "router service_tier upstream_id user_agent web_search_engine workspace_id"
  ).split(" ").map((name) => [name, null]),
);

function modelEntry(model: MockModel): JsonObject {
  const { id, canonicalSlug, name, contextLength, maxCompletionTokens } = model;
  return {
    id,
    canonical_slug: canonicalSlug,
    hugging_face_id: null,
    name,
    created: CREATED,
    description: `${name}, played by the mock server.`,
    context_length: contextLength,
    architecture: architecture(model),
    pricing: pricing(model),
    top_provider: {
      context_length: contextLength,
      max_completion_tokens: maxCompletionTokens,
      is_moderated: false,
    },
    per_request_limits: null,
    supported_parameters: supportedParameters(model),
    supported_voices: null,
    default_parameters: {},
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
  return {
    modality: "text->text",
    input_modalities: ["text"],
    output_modalities: ["text"],
    tokenizer: id.startsWith("qwen/") ? "Qwen3" : "Other",
    instruct_type: null,
  };
}

function latency({ latencyMs = 0 }: MockEndpoint): JsonObject {
  return {
    p50: 400 + latencyMs,
    p75: 600 + latencyMs,
    p90: 900 + latencyMs,
    p99: 2500 + latencyMs,
  };
}

function pricing({ promptPrice, completionPrice }: MockModel): JsonObject {
  return {
    prompt: promptPrice,
    completion: completionPrice,
    request: "0",
    image: "0",
    web_search: "0",
    internal_reasoning: "0",
  };
}

function supportedParameters(model: MockModel): string[] {
  if (model.isTinySums) return TINY_SUMS_PARAMETERS;
  return model.reasoning === "never"
    ? COMMON_PARAMETERS
    : ["include_reasoning", "reasoning", ...COMMON_PARAMETERS];
}
