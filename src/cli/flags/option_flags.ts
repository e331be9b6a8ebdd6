import type { ClientOptions, GenerateOptions } from "../../../mod.ts";
import type { FlagKind } from "./read_flags.ts";

/** The flags of the options that a client and its calls have. */
export const OPTION_FLAGS = {
  model: "text",
  temperature: "number",
  topP: "number",
  maxTokens: "number",
  topK: "number",
  presencePenalty: "number",
  frequencyPenalty: "number",
  repetitionPenalty: "number",
  minP: "number",
  topA: "number",
  stop: "text or json",
  logitBias: "json",
  logprobs: "boolean",
  topLogprobs: "number",
  responseFormat: "json",
  tools: "json",
  toolChoice: "text or json",
  provider: "json",
  reasoning: "json",
  includeReasoning: "boolean",
  prefillVia: "text",
  verifyPrefill: "boolean",
  pinProvider: "boolean",
  requireContinuation: "boolean",
  allowUnsupportedPrefill: "boolean",
  extraBody: "json",
  baseUrl: "text",
  maxRetries: "number",
  timeoutMs: "number",
  maxElapsedMs: "number",
  useCache: "boolean",
  cacheDir: "text",
  durable: "boolean",
  onCacheError: "text",
  cacheOnly: "boolean",
  maxCostUsd: "number",
  requestsPerMinute: "number",
  maxConcurrency: "number",
  workers: "number",
  queue: "text",
  metricsPort: "number",
  metricsHost: "text",
  progressBar: "boolean",
  verbose: "boolean",
  nSamples: "number",
  seed: "number",
} as const satisfies Partial<
  Record<keyof (ClientOptions & GenerateOptions), FlagKind>
>;

/** Short forms of the option flags. */
export const OPTION_ALIASES = { m: "model", n: "n-samples" } as const;

/** The option flags, as `--help` shows them. */
export const OPTION_HELP =
  `  -m, --model MODEL         such as qwen/qwen3-30b-a3b
  -n, --n-samples N         how many samples (1)
      --seed N              the first seed (0)
  What shapes the answer:   --temperature (0.7) --top-p (0.95) --max-tokens (4096) --top-k
      --presence-penalty --frequency-penalty --repetition-penalty --min-p --top-a
      --logprobs --top-logprobs --include-reasoning --stop TEXT
  the same, as JSON:        --logit-bias --response-format --tools
      --tool-choice --provider --reasoning --extra-body
  How a thought is begun:   --prefill-via chat|completions --verify-prefill --pin-provider
      --require-continuation --allow-unsupported-prefill
  How samples are got:      --base-url --max-retries (100) --timeout-ms (300000) --max-elapsed-ms
      --max-cost-usd
      --requests-per-minute --max-concurrency --workers --cache-dir --no-use-cache
      --cache-only --durable --on-cache-error --no-progress-bar --verbose
  By other machines:        --queue redis://HOST: see rollouts worker --help
      --metrics-port N (for Prometheus, at 127.0.0.1) --metrics-host HOST

The key stands in OPENROUTER_API_KEY.`;
