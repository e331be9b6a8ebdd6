import type { ScoredToken, ScoreOptions } from "../../../mod.ts";
import type { Command, CommandInput } from "../command.ts";
import { readPromptFile } from "../data_set/read_prompt_file.ts";
import { flagHelp, optionFlags } from "../flags/option_flags.ts";
import { makeClient } from "../make_client.ts";
import { type Column, printTable } from "../output/print_table.ts";
import { UsageError } from "../usage_error.ts";
import { countNoun } from "../../util/count_noun.ts";

/** Options of a score that are flags of the same names. */
const SCORE_OPTIONS = [
  "model",
  "topLogprobs",
  "prefillVia",
  "reasoning",
  "extraBody",
  "maxRetries",
  "timeoutMs",
  "useCache",
  "cacheDir",
  "cacheOnly",
  "baseUrl",
  "server",
] as const satisfies readonly (keyof ScoreOptions)[];

/** Options of the client. */
const CLIENT_OPTIONS = ["sendKeyTo", "sendKey"] as const;

const FLAGS = {
  ...optionFlags([...SCORE_OPTIONS, ...CLIENT_OPTIONS]),
  promptFile: "text",
  textFile: "text",
  raw: "boolean",
  json: "boolean",
} as const;

/** `rollouts score`. */
export const command: Command<typeof FLAGS> = {
  help: `Prints the log-probabilities of a given text after a prompt.

Usage: rollouts score PROMPT TEXT --model MODEL --base-url URL [OPTIONS]

Text after <think> in the prompt is the start of the model's own reasoning, which TEXT continues. vLLM,
SGLang, llama.cpp, Fireworks, and Together can score a text; OpenRouter cannot. Scores are cached.

      --prompt-file FILE     read the prompt from a file; - reads stdin
      --text-file FILE       read the text from a file; - reads stdin
      --raw                  the prompt is raw text, including special tokens, and not a user message
      --json                 print JSON
${flagHelp([...SCORE_OPTIONS, "sendKeyTo"])}
      --send-key             send the API key to the host of --base-url

The API key is read from OPENROUTER_API_KEY.

Examples:
  rollouts score "What is 5*10?" "50" -m Qwen/Qwen3-8B --base-url http://127.0.0.1:8000/v1
  rollouts score --raw "The capital of France is" " Paris" -m Qwen/Qwen3-8B-Base --base-url http://127.0.0.1:8000/v1 --top-logprobs 5`,
  flags: FLAGS,
  configured: [...SCORE_OPTIONS, ...CLIENT_OPTIONS],
  args: { min: 0, max: 2, what: "a prompt and a text; quote them" },
  run: score,
};

const COLUMNS: readonly Column<ScoredToken>[] = [
  ["TOKEN", "left", ({ text }) => JSON.stringify(text)],
  ["LOGPROB", "right", ({ logprob }) => logprob.toFixed(4)],
  ["PROBABILITY", "right", ({ logprob }) => Math.exp(logprob).toFixed(4)],
];

/** The likeliest tokens in the place of each. */
const TOP_COLUMN: Column<ScoredToken> = [
  "LIKELIEST",
  "left",
  ({ top }) =>
    top.map(({ text, logprob }) =>
      `${JSON.stringify(text)} ${Math.exp(logprob ?? NaN).toFixed(4)}`
    ).join(", "),
];

async function score(
  { flags, args, output }: CommandInput<typeof FLAGS>,
): Promise<number> {
  const { promptFile, textFile, raw, json, ...options } = flags;
  if (promptFile === "-" && textFile === "-") {
    throw new UsageError(
      "--prompt-file - and --text-file - exclude each other: stdin can be read once",
    );
  }
  const given = [...args];
  const prompt = promptFile === undefined
    ? given.shift()
    : await readPromptFile(promptFile);
  const text = textFile === undefined
    ? given.shift()
    : await readPromptFile(textFile);
  if (prompt === undefined || text === undefined || given.length > 0) {
    throw new UsageError(
      "score takes a prompt and a text: pass them in quotes, or with --prompt-file and --text-file",
    );
  }
  await using client = await makeClient(options, output);
  const score = await client.score(prompt, text, { raw });
  if (json) {
    output.print(JSON.stringify(score, null, 2));
    return 0;
  }
  const columns = options.topLogprobs ? [...COLUMNS, TOP_COLUMN] : COLUMNS;
  await printTable(score.tokens, columns, output);
  const { tokens, sum, mean, perplexity } = score;
  output.print(
    `\n${countNoun(tokens.length, "token")}: sum ${sum.toFixed(4)}, mean ${
      mean.toFixed(4)
    }, perplexity ${perplexity.toFixed(4)}`,
  );
  return 0;
}
