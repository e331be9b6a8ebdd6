import type { CachedSample, Response } from "../../../mod.ts";
import type { Command } from "../command.ts";
import {
  CACHE_FLAGS,
  CACHE_HELP,
  openCache,
  selectPrompts,
} from "../flags/cache_flags.ts";
import { formatTime } from "../output/format_values.ts";
import { UsageError } from "../usage_error.ts";
import { formatUsd } from "../../util/format_usd.ts";
import { countNoun } from "../../util/count_noun.ts";

const FLAGS = { ...CACHE_FLAGS, seed: "number" } as const;

/** `rollouts cache show`. */
export const command: Command<typeof FLAGS> = {
  help: `Shows the samples of a prompt.

Usage: rollouts cache show KEY [--seed N] [OPTIONS]

KEY is the start of a prompt's key, as rollouts cache ls prints it.

      --seed N          show only this sample
${CACHE_HELP}: the files as they are

Exit codes: 0 samples were shown, 1 the prompt has no such sample, 2 no key starts with KEY.

Examples:
  rollouts cache show 52cb6b5e4a --seed 3
  rollouts cache show 52cb6b5e4a --json`,
  flags: FLAGS,
  configured: ["cacheDir"],
  args: { min: 1, max: 1, what: "the beginning of a key" },
  run: ({ flags, args, output }) => {
    const key = args[0]!.toLowerCase();
    const { seed, json } = flags;
    const selected = [...selectPrompts(flags, key)];
    if (selected.length === 0) {
      throw new UsageError(
        `no prompt has a key that starts with ${key}: rollouts cache ls lists the keys`,
      );
    }
    const keys = new Set(selected.map(({ prompt }) => prompt.key));
    if (keys.size > 1) {
      throw new UsageError(
        `${keys.size} prompts have keys that start with ${key}: pass more characters of the key`,
      );
    }
    let found = 0;
    const text = selected.find(({ text }) => text !== null)?.text ?? "?";
    if (!json) output.print(`${text}\n`);
    for (const { prompt } of selected) {
      const files = prompt.files.filter((file) =>
        seed === undefined || file.seed === seed
      );
      if (files.length === 0) continue;
      if (!json) output.print(`${prompt.path}\n`);
      const cache = openCache(flags);
      for (const sample of cache.samples({ ...prompt, files })) {
        found++;
        const bytes = json ? cache.read(prompt.segments, sample) : null;
        output.print(
          bytes === null
            ? readable(sample)
            : new TextDecoder().decode(bytes).trimEnd(),
        );
      }
    }
    if (found > 0) return 0;
    const what = seed === undefined ? "samples" : `sample with seed ${seed}`;
    output.log(`the prompt has no ${what}`);
    return 1;
  },
};

/** Returns what OpenRouter reports about how it routed a request, if it does. */
function routingFacts({ raw }: Response): string[] {
  const metadata = raw?.openrouter_metadata;
  if (typeof metadata !== "object" || metadata === null) return [];
  const { attempt, region } = metadata as Record<string, unknown>;
  return [
    ...(typeof attempt === "number" && attempt > 1
      ? [`${attempt} upstream attempts`]
      : []),
    ...(typeof region === "string" ? [`region ${region}`] : []),
  ];
}

/** Formats a sample for a reader: its origin, its request, its reasoning, its answer. */
function readable({ name, entry, problem }: CachedSample): string {
  const fault = problem === null ? "" : `   not used: ${problem}\n`;
  if (entry === null) return `── ${name}\n${fault}`;
  const { response, parameters } = entry;
  const { seed, finishReason, provider, latencyMs } = response;
  const { promptTokens, completionTokens, reasoningTokens, cost } =
    response.usage;
  const thought = reasoningTokens === null
    ? ""
    : ` (${reasoningTokens} reasoning)`;
  const facts = [
    finishReason ?? "no finish reason",
    ...(response.truncated && finishReason !== "length" ? ["truncated"] : []),
    `${
      promptTokens === null ? "? tokens" : countNoun(promptTokens, "token")
    } in, ${completionTokens ?? "?"} out${thought}`,
    formatUsd(cost, "unknown cost"),
    ...(latencyMs === null ? [] : [`${Math.round(latencyMs)} ms`]),
    ...routingFacts(response),
  ].join(", ");
  const served = `${response.model} by ${provider ?? "an unknown provider"}` +
    (response.created > 0 ? `, ${formatTime(response.created)}` : "");
  const request = Object.entries(parameters)
    .map(([field, value]) => `${field} ${JSON.stringify(value)}`).join(", ");
  const head =
    `── seed ${seed} (${facts})\n   ${served}\n   ${entry.model}: ${request}\n${fault}`;
  const { reasoning, refusal, completedReasoning } = response;
  const end = completedReasoning ? "\n</think>\n" : "\n";
  const content = refusal === null
    ? response.content
    : `${response.content}refused: ${refusal}`;
  const text = reasoning === null ? content : `${reasoning}${end}${content}`;
  return `${head}${text}\n`;
}
