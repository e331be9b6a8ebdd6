import { join } from "@std/path/join";
import { measure } from "./measure.mjs";
import { postBare } from "./post_bare.mjs";
import { question, SAMPLING } from "./question.mjs";
import type { RequestTask } from "./task.ts";

/**
 * A bare loop that stores each answer as this client does: with the same fields and system calls.
 */
await measure(async (task: RequestTask) => {
  const { baseUrl, requests, inFlight, warmUpRequests, cacheDir } = task;
  if (cacheDir === null) throw new Error("it needs a cacheDir");
  const url = `${baseUrl}/chat/completions`;
  const loop = async (directory: string, count: number) => {
    Deno.mkdirSync(directory, { recursive: true });
    let next = 0;
    await Promise.all(Array.from({ length: inFlight }, async () => {
      while (next < count) {
        const seed = next++;
        const startMs = performance.now();
        const raw = await postBare(url, seed);
        const latencyMs = Math.round(performance.now() - startMs);
        const text = JSON.stringify(entry(raw, seed, latencyMs, url));
        const name = `seed_${String(seed).padStart(5, "0")}.json`;
        const temporary = join(directory, `.${name}.tmp`);
        Deno.writeTextFileSync(temporary, `${text}\n`, { createNew: true });
        Deno.renameSync(temporary, join(directory, name));
      }
    }));
  };
  await loop(join(cacheDir, "warm-up"), warmUpRequests);
  return () => loop(join(cacheDir, "timed"), requests);
});

// deno-lint-ignore no-explicit-any
function entry(raw: any, seed: number, latencyMs: number, url: string): object {
  const { model, temperature, topP, maxTokens } = SAMPLING;
  const sampling = { temperature, top_p: topP, max_tokens: maxTokens };
  const [choice] = raw.choices;
  const { content, reasoning } = choice.message;
  return {
    seed,
    prompt: question(0),
    ...sampling,
    model,
    provider: null,
    response: {
      full: `${reasoning}</think>${content}`,
      content,
      reasoning,
      finish_reason: choice.finish_reason,
      provider: raw.provider,
      response_id: raw.id,
      model: raw.model,
      object: raw.object,
      created: raw.created,
      usage: {
        prompt_tokens: raw.usage.prompt_tokens,
        completion_tokens: raw.usage.completion_tokens,
        total_tokens: raw.usage.total_tokens,
        reasoning_tokens: raw.usage.completion_tokens_details.reasoning_tokens,
        cost: raw.usage.cost,
      },
      logprobs: null,
      echo: false,
      seed,
      completed_reasoning: true,
    },
    version: 2,
    endpoint: url,
    request: {
      model,
      messages: [{ role: "user", content: { $ref: "#/prompt" } }],
      ...sampling,
      seed,
    },
    raw: {
      ...raw,
      choices: [{
        ...choice,
        message: {
          ...choice.message,
          content: { $ref: "#/response/content" },
          reasoning: { $ref: "#/response/reasoning" },
          reasoning_details: [{
            ...choice.message.reasoning_details[0],
            text: { $ref: "#/response/reasoning" },
          }],
        },
      }],
    },
    attempts: 1,
    latency_ms: latencyMs,
  };
}
