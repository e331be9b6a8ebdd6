import {
  type GenerateOptions,
  type RolloutsClient,
  type SamplingPlan,
  stopOnInterrupt,
  sumPlans,
} from "../../../mod.ts";
import { isRegularFile } from "../../platform/is_regular_file.ts";
import { mergeOptions } from "../../options/merge_options.ts";
import { lstatIfExists } from "../../platform/lstat_if_exists.ts";
import { stdio } from "../../platform/deno/stdio.ts";
import { systemClock } from "../../util/clock.ts";
import type { Command, CommandInput } from "../command.ts";
import type { DataItem } from "../data_set/data_item.ts";
import { FieldSlips } from "../data_set/field_slips.ts";
import { DATA_FORMATS, readDataSet } from "../data_set/read_data_set.ts";
import { OPTION_FLAGS, optionHelp } from "../flags/option_flags.ts";
import { withFlagNames } from "../flags/with_flag_names.ts";
import { InputError } from "../input_error.ts";
import { UsageError } from "../usage_error.ts";
import { makeClient } from "../make_client.ts";
import { checkOutputs, OutputFiles } from "../output/output_files.ts";
import { logProgress } from "../output/log_progress.ts";
import { planJson, planText } from "../output/plan_text.ts";
import {
  errorLine,
  placedError,
  reportFailures,
  writeErrors,
} from "../output/run_errors.ts";
import { RunProgress } from "../output/run_progress.ts";
import { sampleLine } from "../output/sample_line.ts";
import { storeStatus } from "../output/store_status.ts";
import { withProgress } from "../output/with_progress.ts";
import { countNoun } from "../../util/count_noun.ts";

const FLAGS = {
  ...OPTION_FLAGS,
  output: "text",
  format: DATA_FORMATS,
  errors: "text",
  plan: "boolean",
  json: "boolean",
  maxCost: "number",
} as const;

/** `rollouts run`. */
export const command: Command<typeof FLAGS> = {
  help:
    `Samples a data set in bounded memory. Run the same command again to continue where it stopped.

Usage: rollouts run FILE --model MODEL [-n SAMPLES] [-o OUTPUT] [OPTIONS]

FILE contains one JSON object per line, with "prompt" or "messages" and optionally an "id". A field named like
an option (model, seed, stop, max_tokens, maxTokens, …) overrides the command line for its prompt. A row
cannot set what applies to the whole run, such as baseUrl, cacheDir, or maxCostUsd: see SECURITY.md. Other
fields are copied to the output as they are written. A field that looks like a misspelled option causes a
warning. In a .csv file, the first row contains the names of the fields. A .txt file contains one prompt per line. - reads stdin.

Input and output:
  -o, --output FILE         JSON lines, one per sample, in the order of the input (default stdout); the
                            file appears when the run ends, and samples are cached until then
      --format FORMAT       jsonl, csv, or text: the format of FILE if its name does not show it
      --errors FILE         JSON lines, one per missing sample, with its error; if an error ended the run,
                            one more line with the seed null
      --plan                request nothing; print what is cached and what the rest can cost
      --json                print the plan as JSON
      --max-cost USD        same as --max-cost-usd

${optionHelp()}

If stderr is not a terminal, the progress is logged to it every minute, unless --no-progress-bar is set.
The whole file is checked before the first request. Exit codes: 0 all samples are done, 1 some are
missing, 2 the command line or the input is wrong, 130 interrupted: run the same command again to continue.

Examples:
  rollouts run prompts.jsonl -m qwen/qwen3-30b-a3b -n 10 -o samples.jsonl
  rollouts run prompts.csv -m qwen/qwen3-30b-a3b -n 100 --plan`,
  flags: FLAGS,
  configured: Object.keys(OPTION_FLAGS),
  args: { min: 1, max: 1, what: "one file" },
  run,
};

async function run(
  { flags, given, args, output }: CommandInput<typeof FLAGS>,
): Promise<number> {
  const { output: to, format, errors, plan, json, maxCost, ...options } = flags;
  const file = args[0]!;
  if (json && !plan) {
    throw new UsageError(
      "--json needs --plan, which it prints as JSON; samples are always JSON lines",
    );
  }
  await checkOutputs(file, to, errors);
  await using client = await makeClient(
    mergeOptions(options, { maxCostUsd: maxCost }),
    output,
  );
  const defaults = { nSamples: options.nSamples, seed: options.seed };
  const slips = new FieldSlips(output);
  /** The models of the prompts; `undefined` is that of the command line. */
  const models = new Set<string | undefined>();
  const items = async function* () {
    const rows = readDataSet(file, { format, slips });
    for await (const item of validated(rows, client, defaults)) {
      models.add(item.options.model);
      yield item;
    }
  };
  const warnOfModel = () => {
    if (models.has(undefined) || !given.has("model")) return;
    output.log("--model has no effect: every row has a model of its own");
  };
  const reported = (what: string) =>
    withProgress(
      items(),
      (count) => output.log(`${countNoun(count, "prompt")} ${what}`),
    );
  if (file !== "-" && lstatIfExists(file) === null) {
    throw new InputError(`${file}: the file does not exist`);
  }
  if (plan) {
    const { prompts, plans } = await planItems(
      reported("planned"),
      client,
      defaults,
    );
    warnOfModel();
    output.print(
      json ? planJson(plans, prompts) : `prompts             ${prompts}
${planText(plans)}`,
    );
    return 0;
  }
  // Nothing is paid for a file with a mistake.
  const total = isRegularFile(file)
    ? await countSamples(reported("checked"), defaults.nSamples)
    : null;
  if (total === 0) throw new InputError(`${file} has no prompts`);
  if (total !== null) warnOfModel();
  if (total !== null && !options.cacheOnly) {
    await warnOfParameters(items(), client, defaults);
  }
  await using files = new OutputFiles(output);
  const write = await files.open(to ?? "-");
  const writeError = errors === undefined ? null : await files.open(errors);
  const isShown = options.progressBar !== false;
  const isDrawn = isShown && to !== undefined;
  const progress = new RunProgress(total, { isDrawn });
  using _log = isShown && !stdio.isTerminal("stderr")
    ? logProgress(() => progress.total(), {
      clock: systemClock,
      log: (line) => output.log(line),
    })
    : null;
  using _status = storeStatus(() => ({
    ...progress.total(),
    dataSet: file === "-" ? null : file.split(/[\\/]/).at(-1)!,
    model: (models.size === 1 ? [...models][0] ?? options.model : null) ?? null,
  }), {
    ...options,
    maxCostUsd: maxCost ?? options.maxCostUsd,
  });
  using interrupt = stopOnInterrupt(client);
  /** The prompts that are being sampled, in order. */
  const pending: DataItem[] = [];
  let inputError: unknown = null;
  /** The error that ended the run. */
  let callError: unknown = null;
  /** Yields the prompts up to the first error, so that those before it are sampled. */
  async function* prompts() {
    try {
      for await (const item of items()) {
        if (interrupt.happened) return;
        pending.push(item);
        const { prompt, options } = item;
        yield { ...options, prompt, onProgress: progress.listener() };
      }
    } catch (error) {
      inputError = error;
    }
  }
  /** Yields the samples of each prompt up to the first error, so that those before it are written. */
  async function* results() {
    try {
      yield* client.generateMany(prompts(), defaults);
    } catch (error) {
      callError = error;
    }
  }
  try {
    for await (const rollouts of results()) {
      const item = pending.shift()!;
      progress.addPrompt(rollouts);
      for (const response of rollouts) {
        await write(sampleLine(item, response));
      }
      if (writeError === null) reportFailures(item, rollouts, output);
      else await writeErrors(item, rollouts, writeError);
    }
  } finally {
    progress.stop();
  }
  if (callError !== null) {
    await writeError?.(errorLine(callError, pending[0]));
    callError = placedError(callError, pending[0]);
    if (progress.samples === 0) {
      await files.discard(to ?? "-");
      await files.commit();
      throw callError;
    }
  }
  if (total === null && progress.samples > 0) warnOfModel();
  for (const line of progress.summary(errors)) output.log(line);
  if (interrupt.happened) {
    output.log("run the same command again to continue");
    return 130;
  }
  const { samples, isComplete, stopReason } = progress;
  if (stopReason !== null) output.log(withFlagNames(stopReason));
  if (samples === 0 && total === null && isComplete && inputError === null) {
    throw new InputError("stdin has no prompts");
  }
  if (inputError !== null) await writeError?.(errorLine(inputError));
  if (samples === 0 && to !== undefined && to !== "-" && isRegularFile(to)) {
    output.log(`no samples; ${to} left unchanged`);
    await files.discard(to);
  }
  await files.commit();
  if (callError !== null) throw callError;
  if (inputError !== null) throw inputError;
  return isComplete ? 0 : 1;
}

/** Validates each prompt with the options that it will be sampled with. */
async function* validated(
  items: AsyncIterable<DataItem>,
  client: RolloutsClient,
  defaults: GenerateOptions,
): AsyncGenerator<DataItem, void, undefined> {
  for await (const item of items) {
    try {
      client.validate(item.prompt, { ...defaults, ...item.options });
    } catch (error) {
      throw new InputError(`${item.place}: ${(error as Error).message}`);
    }
    yield item;
  }
}

/** Logs which parameters the model does not support, as far as its catalog is available. */
async function warnOfParameters(
  items: AsyncIterable<DataItem>,
  client: RolloutsClient,
  defaults: GenerateOptions,
): Promise<void> {
  for await (const { prompt, options } of items) {
    // An error is reported when it stops a request.
    await client.plan(prompt, { ...defaults, ...options }).catch(() => {});
    return;
  }
}

async function countSamples(
  items: AsyncIterable<DataItem>,
  nSamples = 1,
): Promise<number> {
  let total = 0;
  for await (const { options } of items) {
    total += options.nSamples ?? nSamples;
  }
  return total;
}

/** Plans the calls of a data set, and adds up those of each model. */
async function planItems(
  items: AsyncIterable<DataItem>,
  client: RolloutsClient,
  defaults: GenerateOptions,
) {
  let prompts = 0;
  const plans = new Map<string | undefined, SamplingPlan>();
  for await (const { prompt, options } of items) {
    prompts++;
    const { model } = options;
    const plan = await client.plan(prompt, { ...defaults, ...options });
    const before = plans.get(model);
    plans.set(model, before === undefined ? plan : sumPlans([before, plan]));
  }
  return { prompts, plans };
}
