/**
 * Samples language models with many seeds through OpenRouter, caches every response, and continues
 * reasoning that you prefill.
 *
 * {@linkcode RolloutsClient} stores each response as a JSON file, so that no sample is paid for twice.
 * Text after `<think>` in a prompt is the start of the model's reasoning, which the model continues.
 *
 * @example Three samples, from a mock of the API
 * ```ts
 * import { RolloutsClient } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * await using client = new RolloutsClient({
 *   model: "qwen/qwen3-30b-a3b",
 *   baseUrl: mock.baseUrl,
 *   apiKey: "sk-example",
 *   cacheDir: Deno.makeTempDirSync(),
 * });
 * const rollouts = await client.generate("What is 5*10?\n<think>\n5*1", { nSamples: 3 });
 * for (const response of rollouts) console.log(response.reasoning, response.content);
 * ```
 *
 * @module
 */

export type { CachedEntry, EntryLocation } from "./src/cache/cached_entry.ts";
export {
  type CachedPrompt,
  type CachedSample,
  CacheReader,
  type UnreadablePack,
} from "./src/cache/cache_reader.ts";
export type { CachedFile } from "./src/cache/entry_reader.ts";
export type { Difference } from "./src/cache/entry_differences.ts";
export type {
  MissExplanation,
  NearestEntry,
} from "./src/cache/explain_miss.ts";
export type { CacheRoute } from "./src/request/cache_key_input.ts";
export { Catalog, type CatalogOptions } from "./src/catalog/catalog.ts";
export type {
  EndpointInfo,
  KeyInfo,
  ModelInfo,
} from "./src/catalog/catalog_entries.ts";
export { RolloutsClient } from "./src/client/rollouts_client.ts";
export { parseCompletion } from "./src/client/parse_completion.ts";
export type { HeaderReader, HttpAnswer } from "./src/completion/http_answer.ts";
export {
  ApiError,
  type ApiErrorDetails,
  AuthenticationError,
  BadRequestError,
  BudgetError,
  CacheError,
  CacheMissError,
  ConflictError,
  InternalServerError,
  NetworkError,
  NotFoundError,
  PaymentRequiredError,
  PermissionError,
  PrefillError,
  RateLimitError,
  RequestTimeoutError,
  ResponseError,
  RolloutsError,
  StoppedError,
  UnprocessableEntityError,
  WorkerError,
} from "./src/errors.ts";
export { continuingProviders } from "./src/prefill/continuing_providers.ts";
export type {
  PrefillReport,
  PrefillVia,
  ProbedEndpoint,
  ProbeKind,
  ProbeOptions,
} from "./src/prefill/prefill_report.ts";
export {
  isContinuation,
  PREFILL_OUTCOMES,
  type PrefillOutcome,
} from "./src/prefill_outcome.ts";
export type {
  ResampleAllOptions,
  ResampledCut,
  ResampleOptions,
  ResamplingOptions,
} from "./src/resampling/continuation_calls.ts";
export type { SampledOptions } from "./src/sampling_options.ts";
export type {
  PromptInput,
  PromptWithOptions,
} from "./src/client/generate_many.ts";
export {
  type GenerateSingleOptions,
  OpenRouter,
  type OpenRouterOptions,
} from "./src/client/open_router.ts";
export type {
  ContentPart,
  FunctionTool,
  Message,
  Prompt,
  ProviderPreferences,
  ReasoningOptions,
  ResponseFormat,
  ServerTool,
  Tool,
  ToolCall,
  ToolChoice,
} from "./src/prompt.ts";
export type {
  ClientOptions,
  EmbedOptions,
  GenerateOptions,
  RunOptions,
} from "./src/options/options.ts";
export type { ScoreOptions } from "./src/options/score_options.ts";
export type { SamplingOptions } from "./src/sampling_options.ts";
export type { Logprobs, TokenLogprob, TopLogprob } from "./src/logprobs.ts";
export type { Progress } from "./src/progress.ts";
export {
  Response,
  type ResponseData,
  type ResponseOrigin,
  type SampledRequest,
  type Usage,
} from "./src/response.ts";
export { type SamplingPlan, sumPlans } from "./src/sampling_plan.ts";
export type { Score, ScoredToken } from "./src/score.ts";
export type { ServerName } from "./src/server_name.ts";
export {
  type CountedUsage,
  Rollouts,
  type RolloutsData,
  type UsageSum,
} from "./src/rollouts.ts";
export {
  type InterruptWatch,
  stopOnInterrupt,
  type Stoppable,
} from "./src/client/stop_on_interrupt.ts";
export type { AbortSignalLike } from "./src/abort_signal_like.ts";
export type { Limiter, Permit } from "./src/limiter.ts";
export type { Failure, Outcome } from "./src/outcome.ts";
export type {
  CompletionFormat,
  PreparedRequest,
  ReasoningMarkup,
  RequestLimits,
} from "./src/prepared_request.ts";
export type { LockState, SampleLock } from "./src/sample_lock.ts";
export type { SendOptions, SharedLimits, Transport } from "./src/transport.ts";
export type { WireResponse } from "./src/response.ts";
export type { Logger, LogLevel } from "./src/logger.ts";
