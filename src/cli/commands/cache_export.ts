import type { Command, CommandInput } from "../command.ts";
import {
  CACHE_FILTER_FLAGS,
  CACHE_FILTER_HELP,
  selectSamples,
} from "../flags/cache_flags.ts";
import { readAnswerRule } from "../flags/read_answer_rule.ts";
import { exportRow } from "../output/export_row.ts";
import { openRows, ROW_FORMATS, rowFormatOf } from "../output/open_rows.ts";
import { extractAnswer } from "../../resampling/mod.ts";
import { OutputFiles } from "../output/output_files.ts";
import { UsageError } from "../usage_error.ts";
import { countNoun } from "../../util/count_noun.ts";

const FLAGS = {
  ...CACHE_FILTER_FLAGS,
  output: "text",
  format: ROW_FORMATS,
  answer: "text",
  csvSafe: "boolean",
} as const;

/** `rollouts cache export`. */
export const command: Command<typeof FLAGS> = {
  help: `Writes the samples of the cache as a table.

Usage: rollouts cache export -o FILE [OPTIONS]

FILE ends in .jsonl, .csv, or .parquet; - writes JSON lines or CSV to stdout. The file is replaced only when
it is complete. Rows are sorted by model, parameters, key, and seed. With --format huggingface, FILE is a
new folder with the table as Parquet and a data set card, for publishing on Hugging Face.

  -o, --output FILE     the table
      --format FORMAT   jsonl, csv, parquet, or huggingface, if the name of FILE does not show it
      --answer RULE     fill the column answer: boxed, number, choice, or a regular expression
                        such as /answer: (\\w+)/ (default: the column is empty)
      --csv-safe        put ' before strings that a spreadsheet would run as formulas (=, +, -, @);
                        as a data set, its prompts no longer match the cache
${CACHE_FILTER_HELP}

Exit codes: 0 all samples were exported, 1 some files are unusable and were listed.

Examples:
  rollouts cache export -m qwen3 --answer boxed -o samples.parquet
  rollouts cache export --format csv -o - | head
  rollouts cache export --format huggingface -o dataset`,
  flags: FLAGS,
  configured: ["cacheDir"],
  run: exportSamples,
};

async function exportSamples(
  { flags, output }: CommandInput<typeof FLAGS>,
): Promise<number> {
  const { output: file, csvSafe, answer } = flags;
  const rule = answer === undefined ? null : readAnswerRule(answer);
  const answerOf = (content: string) =>
    rule === null ? null : extractAnswer(content, rule);
  if (file === undefined) {
    throw new UsageError("--output is required: a file, or - for stdout");
  }
  const format = flags.format ?? rowFormatOf(file);
  if (format === null) {
    throw new UsageError(
      `--output must end in .jsonl, .csv, or .parquet, got ${file}: rename it or set --format`,
    );
  }
  if (csvSafe && format !== "csv") {
    throw new UsageError(`--csv-safe needs --format csv, got ${format}`);
  }
  if (file === "-" && (format === "parquet" || format === "huggingface")) {
    throw new UsageError(
      `--format ${format} cannot be written to stdout: set --output to a path`,
    );
  }
  await using files = new OutputFiles(output);
  const write = await openRows(files, file, {
    format,
    isCsvSafe: csvSafe,
  });
  let rows = 0;
  let isComplete = true;
  for (const { prompt, sample } of selectSamples(flags)) {
    const { path, entry, problem } = sample;
    if (entry !== null && problem === null) {
      await write(exportRow(prompt, entry, answerOf));
      rows++;
    } else {
      isComplete = false;
      output.log(`${path}: ${problem}`);
    }
  }
  await files.commit();
  if (file !== "-") {
    output.log(`${countNoun(rows, "sample")} exported to ${file}`);
  }
  return isComplete ? 0 : 1;
}
