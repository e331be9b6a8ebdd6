import {
  type ClientOptions,
  type GenerateOptions,
  type Response,
  type Rollouts,
  RolloutsClient,
  stopOnInterrupt,
} from "../../mod.ts";
import { type FlagKind, readFlags } from "./read_flags.ts";
import { UsageError } from "./usage_error.ts";

const HELP = `Samples a prompt and prints the answers.

Usage: rollouts generate PROMPT --model MODEL [-n SAMPLES] [OPTIONS]

What follows <think> in the prompt is the beginning of the model's own reasoning.

  -m, --model MODEL         such as qwen/qwen3-30b-a3b
  -n, --n-samples N         how many samples (1)
      --seed N              the first seed (0)
      --json                one JSON object a line
      --field NAME          only this field: full, content, reasoning, …
  What shapes the answer:   --temperature --top-p --max-tokens --top-k
      --presence-penalty --frequency-penalty --repetition-penalty --min-p --top-a
      --logprobs --top-logprobs --include-reasoning --stop TEXT
  the same, as JSON:        --logit-bias --response-format --tools
      --tool-choice --provider --reasoning --extra-body
  How samples are got:      --base-url --max-retries --timeout-ms --max-elapsed-ms
      --max-cost-usd
      --requests-per-minute --max-concurrency --workers --cache-dir --no-use-cache
      --cache-only --durable --on-cache-error --no-progress-bar --verbose

The key stands in OPENROUTER_API_KEY.

Example: rollouts generate "What is 5*10?" -m qwen/qwen3-30b-a3b -n 5 --field content`;

const OPTION_FLAGS = {
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
  progressBar: "boolean",
  verbose: "boolean",
  nSamples: "number",
  seed: "number",
} as const satisfies Partial<
  Record<keyof (ClientOptions & GenerateOptions), FlagKind>
>;

/** What `--field` can name. */
const FIELDS: readonly (keyof Response)[] = [
  "full",
  "content",
  "reasoning",
  "finishReason",
  "usage",
  "provider",
  "responseId",
  "model",
  "object",
  "created",
  "seed",
  "completedReasoning",
  "toolCalls",
  "logprobs",
  "latencyMs",
  "cached",
  "attempts",
  "raw",
];

/** `rollouts generate`. */
export async function generateCommand(
  args: readonly string[],
): Promise<number> {
  const { flags, positionals } = readFlags(
    args,
    { ...OPTION_FLAGS, json: "boolean", field: "text", help: "boolean" },
    { m: "model", n: "n-samples", h: "help" },
  );
  const { json, field, help, ...options } = flags;
  if (help) {
    console.log(HELP);
    return 0;
  }
  const [prompt, ...others] = positionals;
  if (prompt === undefined || others.length > 0) {
    throw new UsageError(
      `generate takes one prompt, got ${positionals.length}; quote it`,
    );
  }
  if (field !== undefined && !FIELDS.includes(field as keyof Response)) {
    throw new UsageError(
      `--field must be one of ${FIELDS.join(", ")}, got ${field}`,
    );
  }
  const { nSamples, seed, ...forClient } = options as unknown as
    & ClientOptions
    & GenerateOptions;
  await using client = makeClient(forClient);
  using interrupt = stopOnInterrupt(client);
  const rollouts = await client.generate(prompt, { nSamples, seed });
  print(rollouts, { json: json === true, field: field as string | undefined });
  if (interrupt.happened) {
    tellRest(rollouts);
    return 130;
  }
  for (const [seed, error] of rollouts.errors) {
    console.error(`rollouts: seed ${seed}: ${error.message}`);
  }
  return rollouts.errors.size > 0 ? 1 : 0;
}

function tellRest({ length, numResponses, cacheDir }: Rollouts): void {
  const where = cacheDir === null
    ? "they are not kept, since the cache is off"
    : `they are kept in ${cacheDir}; the same command goes on from there`;
  console.error(
    `rollouts: ${length} of ${numResponses} samples are there; ${where}`,
  );
}

function print(
  rollouts: Rollouts,
  { json, field }: { readonly json: boolean; readonly field?: string },
): void {
  for (const response of rollouts) {
    if (field !== undefined) console.log(fieldText(response, field));
    else if (json) console.log(JSON.stringify(response));
    else console.log(`${readable(response)}\n`);
  }
}

/** A client; options with wrong values are a wrong command line. */
function makeClient(options: ClientOptions): RolloutsClient {
  try {
    return new RolloutsClient(options);
  } catch (error) {
    throw error instanceof TypeError || error instanceof RangeError
      ? new UsageError(error.message)
      : error;
  }
}

function fieldText(response: Response, field: string): string {
  const value = response[field as keyof Response];
  return typeof value === "string" ? value : JSON.stringify(value);
}

function readable(
  { seed, reasoning, content, finishReason }: Response,
): string {
  const head = `── seed ${seed} (${finishReason})`;
  const thought = reasoning === null ? "" : `\n${reasoning}\n</think>`;
  return `${head}${thought}\n${content}`;
}
