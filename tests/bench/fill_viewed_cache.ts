import { join } from "@std/path/join";
import { cacheDirectory } from "../../src/cache/cache_path.ts";
import { EntryWriter } from "../../src/cache/entry_writer.ts";
import { sampleFileName } from "../../src/cache/sample_file_name.ts";
import { Response } from "../../src/response.ts";
import { compactJson } from "../../src/compact_json.ts";
import { fullText } from "../../src/full_text.ts";
import { createRandom, pick, type Random } from "../../src/testing/random.ts";

/** The size of a cache that is filled without a server. */
export interface ViewedCache {
  /** The number of prompts. */
  readonly prompts: number;
  /** The number of samples per prompt. */
  readonly samplesPerPrompt: number;
}

const MODELS = ["qwen/qwen3-30b-a3b", "deepseek/deepseek-r1", "qwen/qwq-32b"];
const PROVIDERS = ["DeepInfra", "Nebius", "Novita", "Together"];

/** The number of distinct words in the texts: as many as a large set of problems has. */
const WORDS = 40_000;

/** The characters of reasoning and content in a raw answer, which makes it 4.6 KB. */
const REASONING = 1_450;
const CONTENT = 650;

/** A row of the data set that the cache was sampled from. */
export interface ViewedPrompt {
  readonly prompt: string;
  readonly model: string;
}

/**
 * Fills a cache as clients do, without a server. Words are as frequent as in natural texts, so that
 * the index has a realistic size. Dashes and curly quotes make JavaScript store each string with two bytes
 * per character. The result is deterministic.
 */
export async function fillViewedCache(
  cacheDir: string,
  { prompts, samplesPerPrompt }: ViewedCache,
): Promise<ViewedPrompt[]> {
  const random = createRandom(1);
  const rows: ViewedPrompt[] = [];
  for (let index = 0; index < prompts; index++) {
    const question = `Problem ${index}: “${prose(random, 300)}”`;
    const model = MODELS[index % MODELS.length]!;
    rows.push({ prompt: question, model });
    const body = {
      model,
      messages: [{ role: "user" as const, content: question }],
      temperature: 0.7,
      top_p: 0.95,
      max_tokens: 4096,
    };
    const key = { prompt: question, body, otherEndpoint: null, route: null };
    const path = join(cacheDir, ...cacheDirectory(key));
    await Deno.mkdir(path, { recursive: true });
    const writer = new EntryWriter(key, body);
    for (let seed = 0; seed < samplesPerPrompt; seed++) {
      const { response, rawJson } = sample(random, { model, seed, index });
      Deno.writeTextFileSync(
        join(path, sampleFileName(seed)),
        writer.write(response, compactJson(rawJson, response)),
      );
    }
  }
  return rows;
}

function sample(
  random: Random,
  { model, seed, index }: {
    readonly model: string;
    readonly seed: number;
    readonly index: number;
  },
) {
  const reasoning = prose(random, REASONING);
  const answer = Math.floor(random() * random() * 5) + index;
  const content = `${prose(random, CONTENT)} \\boxed{${answer}}`;
  const provider = pick(random, PROVIDERS);
  const created = 1_763_856_000 + index * 600 + seed;
  const tokens = Math.ceil((reasoning.length + content.length) / 4);
  const reasoningTokens = Math.ceil(reasoning.length / 4);
  const cost = tokens * 2.2e-7;
  const finishReason = random() < 0.05 ? "length" : "stop";
  const rawJson = JSON.stringify({
    id: `gen-1763856000-${index}-${seed}`,
    provider,
    model,
    object: "chat.completion",
    created,
    choices: [{
      logprobs: null,
      finish_reason: finishReason,
      native_finish_reason: finishReason,
      index: 0,
      message: {
        role: "assistant",
        content,
        refusal: null,
        reasoning,
        reasoning_details: [
          { type: "reasoning.text", text: reasoning, format: "unknown" },
        ],
      },
    }],
    usage: {
      cachedTokens: null,
      cacheWriteTokens: null,
      isByok: null,
      upstreamCost: null,
      prompt_tokens: 90,
      completion_tokens: tokens,
      total_tokens: 90 + tokens,
      cost,
      completion_tokens_details: { reasoning_tokens: reasoningTokens },
    },
  });
  const texts = { reasoning, content, completedReasoning: true };
  const response = new Response({
    ...texts,
    full: fullText(texts),
    refusal: null,
    finishReason,
    nativeFinishReason: finishReason,
    truncated: finishReason === "length",
    usage: {
      cachedTokens: null,
      cacheWriteTokens: null,
      isByok: null,
      upstreamCost: null,
      promptTokens: 90,
      completionTokens: tokens,
      totalTokens: 90 + tokens,
      reasoningTokens,
      cost,
    },
    provider,
    responseId: `gen-1763856000-${index}-${seed}`,
    model,
    object: "chat.completion",
    created,
    seed,
    prefill: null,
    systemFingerprint: null,
    toolCalls: [],
    images: [],
    audio: null,
    annotations: [],
    logprobs: null,
    latencyMs: Math.round(500 + random() * 9_000),
    raw: null,
  }, { cached: false, attempts: 1, quantization: null });
  return { response, rawJson };
}

/** Draws words by Zipf's law: the tenth is a tenth as frequent as the first. */
function prose(random: Random, length: number): string {
  // Each text has a character that needs two bytes.
  let text = "— ";
  while (text.length < length) {
    const rank = Math.floor(WORDS ** random());
    text += random() < 0.12 ? `${word(rank)}. ` : `${word(rank)} `;
    if (random() < 0.02) text += `“${Math.floor(random() * 1000)}” — `;
  }
  return text.slice(0, length);
}

const SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zy"
  .split(" ");

/** Returns a unique word for a number. */
function word(rank: number): string {
  let text = "";
  for (let rest = rank; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    text += SYLLABLES[rest % SYLLABLES.length];
  }
  return text;
}
