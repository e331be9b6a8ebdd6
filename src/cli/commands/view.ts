import type { HttpHandler, HttpServer } from "../../platform/serve_http.ts";
import { serveHttp } from "../../platform/deno/serve_http.ts";
import { interrupted } from "../../platform/interrupted.ts";
import { loadSqlite } from "../../platform/load_sqlite.ts";
import type { AnswerRule } from "../../resampling/mod.ts";
import type { CacheViewOptions, ViewAnswerRule } from "../../viewer/mod.ts";
import type { Command, CommandInput } from "../command.ts";
import { promptText } from "../data_set/prompt_text.ts";
import { readLabels } from "../data_set/read_labels.ts";
import {
  CACHE_FILTER_FLAGS,
  CACHE_FILTER_HELP,
  matches,
  openCache,
} from "../flags/cache_flags.ts";
import { NAMED_RULES, readAnswerRule } from "../flags/read_answer_rule.ts";
import type { FlagValues } from "../flags/read_flags.ts";
import { InputError } from "../input_error.ts";
import type { CliOutput } from "../output/cli_output.ts";
import { OutputFiles } from "../output/output_files.ts";
import { UsageError } from "../usage_error.ts";

const FLAGS = {
  ...CACHE_FILTER_FLAGS,
  port: "port",
  export: "text",
  answer: "text",
  labels: "text",
  labelField: "text",
} as const;

/** `rollouts view`. */
export const command: Command<typeof FLAGS> = {
  help:
    `Shows samples in a browser: prompts, samples side by side, plots, and search.

Usage: rollouts view [CACHE_DIR] [OPTIONS]

Prints the address of the page, and serves it until you press Ctrl-C. Only this machine can reach the
address, and it contains a random token. The page updates while a run is in progress. The cache is not
changed, apart from an index file if its directory is writable.

      --port N              TCP port (default: a free one)
      --export FILE.html    write one file that needs no server, and exit
      --answer RULE         how to find answers: boxed, number, choice, or a regular expression
                            such as /answer: (\\w+)/ (default: the first of the three that finds
                            one in most samples)
      --labels FILE         a data set, as for rollouts run, with the correct answers
      --label-field NAME    its field with the correct answer (default answer)
${CACHE_FILTER_HELP}

Examples:
  rollouts view --labels problems.jsonl
  rollouts view -m qwen3 --export samples.html`,
  flags: FLAGS,
  configured: ["cacheDir"],
  args: { min: 0, max: 1, what: "one directory" },
  run: view,
};

async function view(
  { flags, args: [directory], output }: CommandInput<typeof FLAGS>,
): Promise<number> {
  await loadSqlite("rollouts view");
  const { cacheDirs } = openCache({ cacheDir: directory ?? flags.cacheDir });
  const options = await viewOptions(flags, output);
  if (flags.export === undefined) {
    await serve(cacheDirs, options, { port: flags.port, output });
    return 0;
  }
  if (!/\.html?$/i.test(flags.export)) {
    throw new UsageError(`--export must end in .html, got ${flags.export}`);
  }
  if (flags.port !== undefined) {
    throw new UsageError("--port and --export exclude each other: omit one");
  }
  await exportPage(cacheDirs, options, {
    path: flags.export,
    leftOut: describeFilters(flags),
    output,
  });
  return 0;
}

async function viewOptions(
  { answer, labels, labelField = "answer", ...filter }: FlagValues<
    typeof FLAGS
  >,
  output: CliOutput,
): Promise<CacheViewOptions> {
  const { model, parameters, prompt: part } = filter;
  const given = answer === undefined ? [] : [answerRule(answer)];
  return {
    rules: new Map([
      ...given,
      ...NAMED_RULES.map((rule) => [rule, rule] as const),
    ]),
    givenRule: given[0]?.[0],
    truthOf: labels === undefined
      ? () => null
      : await readLabels(labels, labelField),
    isChosen: (set) => {
      if (!matches(set.model, model)) return false;
      if (!matches(set.parameters, parameters)) return false;
      if (part === undefined) return true;
      const prompt = set.prompt();
      return matches(prompt === null ? "" : promptText(prompt), part);
    },
    warn: (message) => output.log(message),
  };
}

/** The given rule and its name on the page. */
function answerRule(answer: string): readonly [ViewAnswerRule, AnswerRule] {
  const rule = readAnswerRule(answer);
  return rule instanceof RegExp ? ["given", rule] : [rule, rule];
}

async function serve(
  cacheDirs: readonly string[],
  options: CacheViewOptions,
  { port, output }: {
    readonly port: number | undefined;
    readonly output: CliOutput;
  },
): Promise<void> {
  const { CacheView, newToken, viewerHandler } = await import(
    "../../viewer/mod.ts"
  );
  await using view = await CacheView.open(cacheDirs, options);
  const token = newToken();
  const server = await listen(
    viewerHandler(view, { token, port: () => server.port }),
    port,
  );
  output.print(`http://127.0.0.1:${server.port}/${token}/`);
  await interrupted();
  await server.close();
}

/** Listens only on this machine. */
async function listen(
  handler: HttpHandler,
  port: number | undefined,
): Promise<HttpServer> {
  try {
    return await serveHttp(handler, { port });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(
      `cannot listen on port ${port}: ${reason}; choose another --port`,
    );
  }
}

async function exportPage(
  cacheDirs: readonly string[],
  options: CacheViewOptions,
  { path, leftOut, output }: {
    readonly path: string;
    readonly leftOut: string | null;
    readonly output: CliOutput;
  },
): Promise<void> {
  const { CacheView, exportView } = await import("../../viewer/mod.ts");
  await using files = new OutputFiles(output);
  const write = await files.open(path);
  await using view = await CacheView.open(cacheDirs, {
    ...options,
    isSearched: false,
  });
  await view.whenRead();
  try {
    await exportView(view, { write, leftOut, cacheDirs });
  } catch (error) {
    if (!(error instanceof Error && error.name === "ExportSizeError")) {
      throw error;
    }
    throw new InputError(
      `${error.message}; select fewer with --model, --parameters, or --prompt`,
    );
  }
  await files.commit();
  output.print(path);
}

/** Describes the filters for the exported page. Returns `null` without filters. */
function describeFilters(
  { model, parameters, prompt }: FlagValues<typeof FLAGS>,
): string | null {
  const filters = Object.entries({ model, parameters, prompt })
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name} with “${value}”`]
    );
  return filters.length === 0
    ? null
    : `A part of the cache: ${filters.join(", ")}`;
}
