import {
  type Response,
  type RolloutsClient,
  stopOnInterrupt,
} from "../../../mod.ts";
import { stdio } from "../../platform/deno/stdio.ts";
import {
  anchorsHtml,
  type AnchorsReport,
  buildAnchorsReport,
  cosineSimilarity,
  extractAnswer,
} from "../../resampling/mod.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";
import type { Command, CommandInput } from "../command.ts";
import { readPromptFile } from "../data_set/read_prompt_file.ts";
import { OPTION_FLAGS, optionHelp } from "../flags/option_flags.ts";
import { readAnswerRule } from "../flags/read_answer_rule.ts";
import { InputError } from "../input_error.ts";
import { makeClient } from "../make_client.ts";
import type { CliOutput } from "../output/cli_output.ts";
import { checkOutputs, OutputFiles } from "../output/output_files.ts";
import { planJson, planText } from "../output/plan_text.ts";
import { UsageError } from "../usage_error.ts";
import { countNoun } from "../../util/count_noun.ts";
import { formatUsd } from "../../util/format_usd.ts";

const FLAGS = {
  ...OPTION_FLAGS,
  output: "text",
  answer: "text",
  truth: "text",
  every: "number",
  embeddings: "text",
  plan: "boolean",
  json: "boolean",
} as const;

/** `rollouts anchors`. */
export const command: Command<typeof FLAGS> = {
  help:
    `Finds the sentences of a chain of thought that decide its answer, by resampling each of them.

Usage: rollouts anchors PROMPT|FILE --model MODEL [-n SAMPLES] [OPTIONS]

A sample of the prompt, with the seed --seed, is cut before each sentence and continued SAMPLES times from
each cut. If the sample has no answer, nothing is resampled. FILE is a .txt or .md file with the prompt.
The report is one HTML page that needs no network, next to a JSON file with all numbers. A permutation
test separates important sentences from chance.

Report:
  -o, --output FILE.html    the report (default anchors.html)
      --answer RULE         how to find the answer: boxed, number, choice, or a regular expression
                            such as /answer: (\\w+)/ (default boxed)
      --truth ANSWER        the correct answer
      --every N             number of sentences from one cut to the next (default 1)
      --embeddings MODEL    embedding model for counterfactual importance, which separates sentences
                            by meaning, such as openai/text-embedding-3-small
      --plan                sample only the chain of thought, and print what the rest can cost
      --json                print the plan as JSON

${
      optionHelp({
        nSamples: { help: "continuations of each cut", default: 100 },
      })
    }

Exit codes: 0 the report is complete, 1 it lacks some samples, 2 the command line or the input is
wrong, or the sample has no answer, 130 interrupted: run the same command again to continue.

Examples:
  rollouts anchors "What is 7*8+6?" -m qwen/qwen3-30b-a3b --answer number --plan
  rollouts anchors "What is 7*8+6?" -m qwen/qwen3-30b-a3b -n 100 --answer number --truth 62`,
  flags: FLAGS,
  configured: Object.keys(OPTION_FLAGS),
  args: { min: 1, max: 1, what: "one prompt; quote it" },
  run: anchors,
};

/** How many characters are shown of a sample without an answer. */
const LAST_WORDS = 60;

async function anchors(
  { flags, args, output }: CommandInput<typeof FLAGS>,
): Promise<number> {
  const {
    output: html = "anchors.html",
    answer: ruleName = "boxed",
    truth = null,
    every,
    embeddings,
    plan,
    json,
    ...options
  } = flags;
  if (json && !plan) {
    throw new UsageError(
      "--json needs --plan, which it prints as JSON; the report always has a JSON file",
    );
  }
  const { nSamples = 100, seed, progressBar } = options;
  const argument = args[0]!;
  const prompt = /\.(txt|md)$/i.test(argument)
    ? await readPromptFile(argument)
    : argument;
  const rule = readAnswerRule(ruleName);
  if (!/\.html?$/i.test(html)) {
    throw new UsageError(`--output must end in .html, got ${html}`);
  }
  const numbers = html.replace(/\.html?$/i, ".json");
  checkOutputs(argument, html, numbers);
  await using client = await makeClient(options, output);
  using interrupt = stopOnInterrupt(client);
  const response = await sampleThought(client, prompt, seed);
  if (extractAnswer(response.content, rule) === null) {
    throw new InputError(
      `--answer ${ruleName} finds no answer in the sample with seed ${response.seed}, which ends in ${
        lastWords(response.content)
      }; nothing was resampled: try another --answer or --seed`,
    );
  }
  if (plan) {
    const planned = await client.planResampling(response, { nSamples, every });
    const plans = new Map([[undefined, planned]]);
    output.print(json ? planJson(plans) : planText(plans));
    return 0;
  }
  await using files = new OutputFiles(output);
  const writeHtml = await files.open(html);
  const writeJson = await files.open(numbers);
  const report = await buildAnchorsReport(
    response,
    client.resampleAll(response, { nSamples, every }),
    {
      answer: rule,
      truth,
      nSamples,
      similarities: embeddings === undefined
        ? undefined
        : similaritiesBy(client, embeddings),
      // On a terminal, the progress bar shows it.
      onCut: stdio.isTerminal("stderr") && progressBar !== false
        ? undefined
        : ({ at, rollouts }) =>
          output.log(
            `${countNoun(at, "sentence")} kept: ${rollouts.length} of ${
              countNoun(nSamples, "continuation")
            }`,
          ),
    },
  );
  if (interrupt.happened) {
    output.log("run the same command again to continue");
    return 130;
  }
  await writeHtml(await anchorsHtml(report));
  await writeJson(`${JSON.stringify(report, null, 2)}\n`);
  await files.commit();
  logFindings(report, ruleName, output);
  output.print(html);
  return report.usage.failed === 0 ? 0 : 1;
}

async function sampleThought(
  client: RolloutsClient,
  prompt: string,
  seed: number | null | undefined,
): Promise<Response> {
  const { responses: [response], errors } = await client.generate(prompt, {
    seed,
  });
  if (response === undefined) throw [...errors.values()][0];
  if (response.reasoning !== null) return response;
  throw new InputError(
    `${response.model} returned no reasoning for this prompt: choose a model that shows it`,
  );
}

function similaritiesBy(client: RolloutsClient, model: string) {
  return async (sentence: string, replacements: readonly string[]) => {
    const [own, ...others] = await client.embed([sentence, ...replacements], {
      model,
    });
    return others.map((other) => cosineSimilarity(own!, other));
  };
}

/** Quotes the end of a string. */
function lastWords(text: string): string {
  const shown = text.trim().slice(-LAST_WORDS);
  return JSON.stringify(escapeControlChars(shown.replaceAll(/\s+/g, " ")));
}

/** Logs the most important of the significant sentences. */
function logFindings(
  { sentences, cuts, usage, confidence }: AnchorsReport,
  ruleName: string,
  output: CliOutput,
): void {
  const measured = sentences.flatMap(({ index, text, resampling }) =>
    resampling === null ? [] : [{ index, text, ...resampling }]
  );
  const significant = measured.filter(({ isSignificant }) => isSignificant)
    .sort((a, b) => a.rank - b.rank);
  for (const found of significant.slice(0, 5)) {
    const { value, low, high, adjustedPValue, index, text } = found;
    output.log(
      `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}), p ${
        adjustedPValue.toFixed(4)
      }  ${index}: ${text.trim()}`,
    );
  }
  const sentenceCount = countNoun(measured.length, "sentence");
  const level = Number((1 - confidence).toFixed(6));
  const unanswered = cuts.reduce((sum, cut) => sum + cut.unanswered, 0);
  const isMostlyAnswered = unanswered * 2 < usage.samples;
  if (unanswered > 0) {
    output.log(
      `--answer ${ruleName} finds an answer in ${
        usage.samples - unanswered
      } of ${countNoun(usage.samples, "continuation")}`,
    );
  }
  const hint = isMostlyAnswered
    ? "; more continuations (-n) may show some"
    : "; another --answer may find more answers in the same continuations";
  output.log(
    significant.length === 0
      ? `none of ${sentenceCount} is significant (p above ${level})${hint}`
      : `${significant.length} of ${sentenceCount} ${
        significant.length === 1 ? "is" : "are"
      } significant (p up to ${level})`,
  );
  output.log(
    `${
      countNoun(usage.samples, "continuation")
    } (${usage.cached} cached, ${usage.failed} failed); ` +
      `${formatUsd(usage.costUsd)}`,
  );
}
