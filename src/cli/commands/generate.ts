import {
  type ClientOptions,
  type GenerateOptions,
  type Response,
  type Rollouts,
  stopOnInterrupt,
} from "../../../mod.ts";
import { readText } from "../../platform/read_text.ts";
import { stdinIsTerminal } from "../../platform/deno/terminal.ts";
import type { Command } from "../command.ts";
import { InputError } from "../input_error.ts";
import { makeClient } from "../make_client.ts";
import {
  OPTION_ALIASES,
  OPTION_FLAGS,
  optionHelp,
} from "../flags/option_flags.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { tellErrors } from "../output/report_errors.ts";
import { UsageError } from "../usage_error.ts";

const HELP = `Samples a prompt and prints the answers.

Usage: rollouts generate PROMPT --model MODEL [-n SAMPLES] [OPTIONS]

What follows <think> in the prompt is the beginning of the model's own reasoning.

      --prompt-file FILE    reads the prompt from a file; - or no prompt: from stdin
      --json                one JSON object a line
      --field NAME          only this field: full, content, reasoning, …

${optionHelp()}

Example: rollouts generate "What is 5*10?" -m qwen/qwen3-30b-a3b -n 5 --field content`;

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
  "prefill",
  "quantization",
  "systemFingerprint",
  "toolCalls",
  "logprobs",
  "latencyMs",
  "cached",
  "attempts",
  "raw",
];

/** `rollouts generate`. */
export const GENERATE_COMMAND: Command = {
  help: HELP,
  flags: {
    ...OPTION_FLAGS,
    promptFile: "text",
    json: "boolean",
    field: "text",
  },
  aliases: OPTION_ALIASES,
  configured: Object.keys(OPTION_FLAGS),
  run: generate,
};

async function generate(
  { flags, positionals }: ReadFlags,
): Promise<number> {
  const { json, field, promptFile, ...options } = flags;
  if (field !== undefined && !FIELDS.includes(field as keyof Response)) {
    throw new UsageError(
      `--field must be one of ${FIELDS.join(", ")}, got ${field}`,
    );
  }
  const prompt = await readPrompt(positionals, promptFile as string);
  const { nSamples, seed, ...forClient } = options as unknown as
    & ClientOptions
    & GenerateOptions;
  await using client = makeClient(forClient);
  using interrupt = stopOnInterrupt(client);
  if (json && field !== undefined) {
    throw new UsageError("generate takes --json or --field, not both");
  }
  try {
    client.check(prompt, { nSamples, seed });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const rollouts = await client.generate(prompt, { nSamples, seed });
  print(rollouts, { json: json === true, field: field as string | undefined });
  if (interrupt.happened) {
    tellRest(rollouts);
    return 130;
  }
  tellErrors(rollouts.errors);
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
    else if (json) console.log(jsonLine(response));
    else console.log(`${readable(response)}\n`);
  }
}

/** The prompt: the one argument, or the text of a file or of stdin without the last line's end. */
async function readPrompt(
  positionals: readonly string[],
  file: string | undefined,
): Promise<string> {
  const [prompt, ...others] = positionals;
  if (file !== undefined) {
    if (prompt === undefined) {
      try {
        return withoutLineEnd(await readText(file));
      } catch (error) {
        throw new InputError((error as Error).message);
      }
    }
    throw new UsageError("generate takes a prompt or --prompt-file, not both");
  }
  if (others.length === 0) {
    if (prompt !== undefined && prompt !== "-") return prompt;
    if (prompt === "-" || !stdinIsTerminal()) {
      const text = withoutLineEnd(await readText("-"));
      if (text !== "") return text;
    }
  }
  throw new UsageError(
    `generate takes one prompt, got ${positionals.length}; quote it`,
  );
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}

/** What the Python package has of a sample, and what it has not. */
function jsonLine(response: Response): string {
  const { prefill, quantization, systemFingerprint, cached } = response;
  return JSON.stringify({
    ...response.toJSON(),
    prefill,
    quantization,
    system_fingerprint: systemFingerprint,
    cached,
  });
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
