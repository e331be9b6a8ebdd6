import {
  type ClientOptions,
  type GenerateOptions,
  type Rollouts,
  type RolloutsClient,
  type SamplingPlan,
  stopOnInterrupt,
  StoppedError,
  sumOfPlans,
} from "../../../mod.ts";
import { isRegularFile } from "../../platform/is_regular_file.ts";
import type { TextOutput } from "../../platform/text_output.ts";
import type { Command } from "../command.ts";
import type { DataItem } from "../data_set/data_item.ts";
import { FieldSlips } from "../data_set/field_slips.ts";
import { InputError } from "../input_error.ts";
import { makeClient } from "../make_client.ts";
import {
  OPTION_ALIASES,
  OPTION_FLAGS,
  optionHelp,
} from "../flags/option_flags.ts";
import { planText } from "../output/plan_text.ts";
import {
  type DataFormat,
  formatOf,
  readDataSet,
} from "../data_set/read_data_set.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { checkOutputs, RunOutputs } from "../output/run_outputs.ts";
import { RunProgress } from "../output/run_progress.ts";
import { sampleLine } from "../output/sample_line.ts";
import { tellErrors } from "../output/report_errors.ts";
import { UsageError } from "../usage_error.ts";

const FORMATS: readonly DataFormat[] = ["jsonl", "csv", "text"];

const HELP =
  `Samples a data set, in bounded memory, and goes on where it was when run again.

Usage: rollouts run FILE --model MODEL [-n SAMPLES] [-o OUTPUT] [OPTIONS]

FILE has one JSON object a line, with prompt or messages, perhaps an id, and options of its own: a
field that is called like an option (model, seed, stop, max_tokens, maxTokens, …) goes before the
command line. Its other fields are carried to the output; one that looks like an option that is
mistyped is told of. A .csv file has their names in its first row, a .txt file one prompt a line. -
is stdin.

  -o, --output FILE         JSON lines, one a sample, in the order of the input (stdout). The
                            file is written as a whole when the run has ended; what is
                            paid until then is in the cache
      --format FORMAT       jsonl, csv or text, whatever the file is called
      --errors FILE         what is missing and why, as JSON lines
      --plan                sends nothing, and says what is cached and what the rest can cost
      --max-cost USD        the same as --max-cost-usd

${optionHelp()}

A file is checked as a whole before the first request. Exit codes: 0 every sample is there, 1 some
are missing, 2 the command line or the input is wrong, 130 interrupted: the same command goes on.

Example: rollouts run prompts.jsonl -m qwen/qwen3-30b-a3b -n 10 -o samples.jsonl`;

/** `rollouts run`. */
export const RUN_COMMAND: Command = {
  help: HELP,
  flags: {
    ...OPTION_FLAGS,
    output: "text",
    format: "text",
    errors: "text",
    plan: "boolean",
    maxCost: "number",
  },
  aliases: { ...OPTION_ALIASES, o: "output" },
  configured: Object.keys(OPTION_FLAGS),
  run,
};

interface DataSet {
  readonly file: string;
  readonly format: DataFormat;
  readonly options: GenerateOptions;
  readonly slips: FieldSlips;
}

async function run({ flags, positionals }: ReadFlags): Promise<number> {
  const { output, format, errors, plan, maxCost, nSamples, seed, ...others } =
    flags;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageError(`run takes one file, got ${positionals.length}`);
  }
  if (format !== undefined && !FORMATS.includes(format as DataFormat)) {
    throw new UsageError(
      `--format must be one of ${FORMATS.join(", ")}, got ${format}`,
    );
  }
  checkOutputs(file, output, errors);
  const forClient = { maxCostUsd: maxCost, ...others };
  await using client = makeClient(forClient as unknown as ClientOptions);
  const set: DataSet = {
    file,
    format: (format ?? formatOf(file)) as DataFormat,
    options: { nSamples, seed } as GenerateOptions,
    slips: new FieldSlips(),
  };
  const total = isRegularFile(file) ? await check(set, client) : null;
  if (plan) return await printPlan(set, client);
  if (total === 0) throw new InputError(`${file} has no prompts`);
  await using outputs = new RunOutputs();
  const samples = await outputs.open((output ?? "-") as string);
  const missing = errors === undefined
    ? null
    : await outputs.open(errors as string);
  const progress = new RunProgress(total);
  if (others.progressBar !== false && output !== undefined) {
    await progress.draw();
  }
  using interrupt = stopOnInterrupt(client);
  const reader = new Reader(set, client, () => interrupt.happened);
  let isWhole = true;
  let written = 0;
  let reason: string | null = null;
  try {
    for await (
      const rollouts of client.generateMany(
        reader.prompts(() => progress.listener()),
        set.options,
      )
    ) {
      const item = reader.next();
      const unsent = [...rollouts.errors.values()]
        .filter((error) => error instanceof StoppedError);
      progress.addPrompt({ notRequested: unsent.length });
      reason ??= unsent[0]?.message ?? null;
      for (const response of rollouts) {
        await samples.write(sampleLine(item, response));
        written++;
      }
      isWhole &&= rollouts.errors.size === 0;
      await tellMissing(item, rollouts, missing);
    }
  } finally {
    progress.stop();
  }
  console.error(`rollouts: ${progress.summary()}`);
  // Whoever interrupted it knows why.
  if (reason !== null && !interrupt.happened) {
    console.error(`rollouts: ${reason}`);
  }
  if (interrupt.happened) {
    console.error("rollouts: the same command goes on from there");
    return 130;
  }
  if (written === 0 && total === null && isWhole && reader.fault === null) {
    throw new InputError("stdin has no prompts");
  }
  if (written === 0 && isThere(output)) {
    console.error(`rollouts: no sample is there: ${output} stays as it was`);
    await outputs.commitOthers();
  } else await outputs.commit();
  if (reader.fault !== null) throw reader.fault;
  return isWhole ? 0 : 1;
}

function isThere(output: unknown): boolean {
  return typeof output === "string" && output !== "-" &&
    isRegularFile(output);
}

/** The prompts as they are taken, and those whose samples have not come yet. */
class Reader {
  readonly #set: DataSet;
  readonly #client: RolloutsClient;
  readonly #isOver: () => boolean;
  readonly #waiting: DataItem[] = [];
  #fault: unknown = null;

  constructor(set: DataSet, client: RolloutsClient, isOver: () => boolean) {
    this.#set = set;
    this.#client = client;
    this.#isOver = isOver;
  }

  /** What is wrong with the input; null where nothing is. */
  get fault(): unknown {
    return this.#fault;
  }

  /** The prompts, up to the first that is wrong: what came before it is sampled. */
  async *prompts(listener: () => GenerateOptions["onProgress"]) {
    try {
      for await (const item of checked(this.#set, this.#client)) {
        if (this.#isOver()) return;
        this.#waiting.push(item);
        yield { ...item.options, prompt: item.prompt, onProgress: listener() };
      }
    } catch (error) {
      this.#fault = error;
    }
  }

  /** The prompt whose samples have come. */
  next(): DataItem {
    return this.#waiting.shift()!;
  }
}

/** The items, each checked as it will be when it is sampled. */
async function* checked(
  { file, format, options, slips }: DataSet,
  client: RolloutsClient,
): AsyncGenerator<DataItem, void, undefined> {
  for await (const item of readDataSet(file, format)) {
    try {
      client.check(item.prompt, { ...options, ...item.options });
    } catch (error) {
      throw new InputError(`${item.place}: ${(error as Error).message}`);
    }
    slips.tell(item);
    yield item;
  }
}

/** Reads the whole set, so that nothing is paid for one that is wrong, and counts its samples. */
async function check(set: DataSet, client: RolloutsClient): Promise<number> {
  let total = 0;
  for await (const { options } of checked(set, client)) {
    total += options.nSamples ?? set.options.nSamples ?? 1;
  }
  return total;
}

async function printPlan(
  set: DataSet,
  client: RolloutsClient,
): Promise<number> {
  let prompts = 0;
  const plans = new Map<string | undefined, SamplingPlan>();
  for await (const { prompt, options } of checked(set, client)) {
    prompts++;
    const { model } = options;
    const plan = await client.plan(prompt, { ...set.options, ...options });
    const before = plans.get(model);
    plans.set(model, before === undefined ? plan : sumOfPlans([before, plan]));
  }
  console.log(`prompts             ${prompts}\n${planText(plans)}`);
  return 0;
}

async function tellMissing(
  { place, id }: DataItem,
  { errors }: Rollouts,
  output: TextOutput | null,
): Promise<void> {
  if (output === null) {
    // What was not requested is told once, with its count.
    const failed = [...errors]
      .filter(([, error]) => !(error instanceof StoppedError));
    return tellErrors(new Map(failed), place);
  }
  for (const [seed, { name, message }] of errors) {
    const line = { id, place, seed, error: name, message };
    await output.write(`${JSON.stringify(line)}\n`);
  }
}
