import type { Prompt } from "../../../mod.ts";
import type { AnswerRule } from "../../resampling/mod.ts";
import { interrupted } from "../../platform/interrupted.ts";
import {
  type HttpHandler,
  type HttpServer,
  serveHttp,
} from "../../platform/deno/serve_http.ts";
import type { CacheViewOptions, ViewAnswerRule } from "../../viewer/mod.ts";
import {
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  chooses,
  openCache,
} from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import { InputError } from "../input_error.ts";
import { promptText } from "../data_set/prompt_text.ts";
import { NAMED_RULES, readAnswerRule } from "../flags/read_answer_rule.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { readPort } from "../flags/read_port.ts";
import { readTruths } from "../data_set/read_labels.ts";
import { RunOutputs } from "../output/run_outputs.ts";
import { UsageError } from "../usage_error.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

const { json: _, ...FLAGS } = CACHE_FLAGS;

const HELP =
  `Shows samples in a browser: prompts, samples side by side, plots, search.

Usage: rollouts view [CACHE_DIR] [OPTIONS]

It prints the page's address, which only this machine can reach and nobody can guess, and serves it until
Ctrl-C. Nothing in the cache is changed; an index is kept in it where it may be written. The page fills
up while a run is going on.

      --port N              the TCP port (a free one)
      --export FILE.html    writes one file in place of that, which needs no server
      --answer RULE         how answers are found, beside boxed, number and choice: a regular
                            expression such as /answer: (\\w+)/
      --truths FILE         a data set, as rollouts run takes it, with right answers
      --truth-field NAME    the field in which they stand (answer)
${CACHE_HELP.split("\n").filter((line) => !line.includes("--json")).join("\n")}

Example: rollouts view --truths problems.jsonl`;

/** `rollouts view`. */
export const VIEW_COMMAND: Command = {
  help: HELP,
  flags: {
    ...FLAGS,
    port: "number",
    export: "text",
    answer: "text",
    truths: "text",
    truthField: "text",
  },
  aliases: CACHE_ALIASES,
  configured: ["cacheDir"],
  run: view,
};

async function view(given: ReadFlags): Promise<number> {
  const { positionals: [directory, ...others], flags } = given;
  if (others.length > 0) {
    throw new UsageError(`it takes one directory, got ${others.length + 1}`);
  }
  const wanted = directory === undefined
    ? given
    : { ...given, flags: { ...flags, cacheDir: directory } };
  const { cacheDir } = openCache(wanted);
  const options = await viewOptions(wanted);
  return flags.export === undefined
    ? await serve(cacheDir, options, readPort(flags.port))
    : await exportTo(flags.export as string, cacheDir, options, flags);
}

async function viewOptions(given: ReadFlags): Promise<CacheViewOptions> {
  const { answer, truths, truthField = "answer" } = given.flags as {
    readonly answer?: string;
    readonly truths?: string;
    readonly truthField?: string;
  };
  return {
    rules: answerRules(answer),
    truthOf: truths === undefined
      ? () => null
      : await readTruths(truths, truthField),
    isChosen: ({ model, parameters, prompt }) =>
      chooses(given, { model, parameters, text: () => textOf(prompt()) }),
    warn: (message) =>
      console.error(`rollouts: ${escapeControlChars(message)}`),
  };
}

/** The rule that is given comes first: the page begins with it. */
function answerRules(
  answer: string | undefined,
): ReadonlyMap<ViewAnswerRule, AnswerRule> {
  const named = NAMED_RULES.map((rule) => [rule, rule] as const);
  if (answer === undefined) return new Map(named);
  const rule = readAnswerRule(answer);
  return new Map<ViewAnswerRule, AnswerRule>(
    rule instanceof RegExp
      ? [["given", rule], ...named]
      : [[rule, rule], ...named],
  );
}

function textOf(prompt: Prompt | null): string {
  return prompt === null ? "" : promptText(prompt);
}

async function serve(
  cacheDir: string,
  options: CacheViewOptions,
  port: number | undefined,
): Promise<number> {
  const { CacheView, newToken, viewerHandler } = await import(
    "../../viewer/mod.ts"
  );
  await using view = await CacheView.open(cacheDir, options);
  const token = newToken();
  const server = await listen(
    viewerHandler(view, { token, port: () => server.port }),
    port,
  );
  console.log(`http://127.0.0.1:${server.port}/${token}/`);
  await interrupted();
  await server.close();
  return 0;
}

/** Listens on this machine alone. */
async function listen(
  handler: HttpHandler,
  port: number | undefined,
): Promise<HttpServer> {
  try {
    return await serveHttp(handler, { port });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`the viewer cannot listen on port ${port}: ${reason}`);
  }
}

async function exportTo(
  path: string,
  cacheDir: string,
  options: CacheViewOptions,
  flags: ReadFlags["flags"],
): Promise<number> {
  if (!/\.html?$/i.test(path)) {
    throw new UsageError(`--export must end in .html, got ${path}`);
  }
  if (flags.port !== undefined) {
    throw new UsageError("--port goes without --export: nothing is served");
  }
  const { CacheView, exportView } = await import("../../viewer/mod.ts");
  await using outputs = new RunOutputs();
  const output = await outputs.open(path);
  await using view = await CacheView.open(cacheDir, {
    ...options,
    isSearched: false,
  });
  await view.whenRead();
  try {
    await exportView(view, {
      write: (text) => output.write(text),
      leftOut: leftOut(flags),
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === "ExportSizeError")) {
      throw error;
    }
    throw new InputError(
      `${error.message}; choose fewer with --model, --parameters or --prompt`,
    );
  }
  await outputs.commit();
  console.log(path);
  return 0;
}

/** What a page says of the filters by which it was made; null where there were none. */
function leftOut(flags: ReadFlags["flags"]): string | null {
  const filters = ["model", "parameters", "prompt"].flatMap((name) =>
    flags[name] === undefined ? [] : [`${name} with “${flags[name]}”`]
  );
  return filters.length === 0
    ? null
    : `A part of the cache: ${filters.join(", ")}`;
}
