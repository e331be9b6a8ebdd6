import { type Response, type Rollouts, stopOnInterrupt } from "../../../mod.ts";
import { fs } from "../../platform/deno/fs.ts";
import { isRegularFile } from "../../platform/is_regular_file.ts";
import { stdio } from "../../platform/deno/stdio.ts";
import type { Command, CommandInput } from "../command.ts";
import { readPromptFile } from "../data_set/read_prompt_file.ts";
import { OPTION_FLAGS, optionHelp } from "../flags/option_flags.ts";
import { makeClient } from "../make_client.ts";
import type { CliOutput } from "../output/cli_output.ts";
import { planJson, planText } from "../output/plan_text.ts";
import { reportErrors } from "../output/report_errors.ts";
import { UsageError, withUsageErrors } from "../usage_error.ts";
import { countNoun } from "../../util/count_noun.ts";

/** The values of `--field`. */
const FIELDS = [
  "full",
  "content",
  "reasoning",
  "refusal",
  "finishReason",
  "nativeFinishReason",
  "truncated",
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
  "images",
  "audio",
  "annotations",
  "logprobs",
  "latencyMs",
  "cached",
  "attempts",
  "raw",
] as const satisfies readonly (keyof Response)[];

const FLAGS = {
  ...OPTION_FLAGS,
  promptFile: "text",
  json: "boolean",
  field: FIELDS,
  plan: "boolean",
} as const;

/** `rollouts generate`. */
export const command: Command<typeof FLAGS> = {
  help: `Samples a prompt and prints the answers.

Usage: rollouts generate PROMPT --model MODEL [-n SAMPLES] [OPTIONS]

Text after <think> in the prompt is the start of the model's own reasoning, which the model continues.
Answers are cached: the same command again prints them and requests nothing.

Output:
      --prompt-file FILE    read the prompt from a file; - or no prompt reads stdin
      --json                print one JSON object per line, or the plan as JSON
      --field NAME          print only this field, such as content, reasoning, or full
      --plan                request nothing; print what is cached and what the rest can cost

${optionHelp()}

Exit codes: 0 all samples are done, 1 some are missing, 2 the command line or the input is wrong, 130
interrupted: run the same command again to continue.

Examples:
  rollouts generate "What is 5*10?" -m qwen/qwen3-30b-a3b -n 5 --field content
  rollouts generate --prompt-file prompt.txt -m qwen/qwen3-30b-a3b --json > samples.jsonl`,
  flags: FLAGS,
  configured: Object.keys(OPTION_FLAGS),
  args: { min: 0, max: 1, what: "one prompt; quote it" },
  run: generate,
};

async function generate(
  { flags, args, output }: CommandInput<typeof FLAGS>,
): Promise<number> {
  const { json, field, plan, promptFile, ...options } = flags;
  const { nSamples, seed } = options;
  if (json && field !== undefined) {
    throw new UsageError("--json and --field exclude each other: omit one");
  }
  if (plan && field !== undefined) {
    throw new UsageError("--plan and --field exclude each other: omit one");
  }
  const prompt = await readPrompt(args[0], promptFile);
  if (prompt === args[0] && fs.canRead(prompt) && isRegularFile(prompt)) {
    output.log(
      `the prompt is the name of a file: --prompt-file ${prompt} reads the file`,
    );
  }
  await using client = await makeClient(options, output);
  using interrupt = stopOnInterrupt(client);
  await withUsageErrors(() => client.validate(prompt, { nSamples, seed }));
  if (plan) {
    const planned = await client.plan(prompt, { nSamples, seed });
    const plans = new Map([[undefined, planned]]);
    output.print(json ? planJson(plans) : planText(plans));
    return 0;
  }
  const rollouts = await client.generate(prompt, { nSamples, seed });
  for (const response of rollouts) {
    if (field !== undefined) output.print(fieldText(response[field]));
    else if (json) output.print(jsonLine(response));
    else output.print(`${readable(response)}\n`);
  }
  if (interrupt.happened) {
    logInterrupted(rollouts, output);
    return 130;
  }
  reportErrors(rollouts.errors, output);
  return rollouts.errors.size > 0 ? 1 : 0;
}

function logInterrupted(
  { length, numResponses, cacheDir }: Rollouts,
  output: CliOutput,
): void {
  output.log(`${length} of ${countNoun(numResponses, "sample")} done`);
  output.log(
    cacheDir === null
      ? "they are not cached (--no-use-cache)"
      : "run the same command again to continue",
  );
}

/** Reads the prompt: the argument, or the text of a file or of stdin. */
async function readPrompt(
  prompt: string | undefined,
  file: string | undefined,
): Promise<string> {
  if (file !== undefined) {
    if (prompt === undefined) return await readPromptFile(file);
    throw new UsageError(
      "pass either a prompt or --prompt-file, not both",
    );
  }
  if (prompt !== undefined && prompt !== "-") return prompt;
  if (prompt === "-" || !stdio.isTerminal("stdin")) {
    const text = await readPromptFile("-");
    if (text !== "") return text;
  }
  throw new UsageError(
    "generate takes one prompt: pass it in quotes, with --prompt-file, or on stdin",
  );
}

/** Formats a sample with the fields of the Python package, and the others. */
function jsonLine(response: Response): string {
  const { prefill, quantization, systemFingerprint, cached } = response;
  const { refusal, nativeFinishReason, truncated } = response;
  return JSON.stringify({
    ...response.toJSON(),
    refusal,
    native_finish_reason: nativeFinishReason,
    truncated,
    prefill,
    quantization,
    system_fingerprint: systemFingerprint,
    cached,
  });
}

function fieldText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function readable(
  { seed, reasoning, content, refusal, finishReason, truncated }: Response,
): string {
  const notes = [
    finishReason ?? "no finish reason",
    ...(truncated && finishReason !== "length" ? ["truncated"] : []),
  ];
  const head = `── seed ${seed} (${notes.join(", ")})`;
  const thought = reasoning === null ? "" : `\n${reasoning}\n</think>`;
  const refused = refusal === null ? "" : `refused: ${refusal}`;
  return `${head}${thought}\n${content}${refused}`;
}
