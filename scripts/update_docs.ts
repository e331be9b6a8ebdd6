/**
 * Writes the generated parts of the guides, which are between comments such as `<!-- options -->` and
 * `<!-- /options -->`: in `docs/api.md` the options, from the option table, and the fields and errors,
 * from the doc comments of `mod.ts`; in `docs/cli.md` the commands, from their help.
 *
 * With `--check` it writes nothing and fails if a guide is not up to date.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import type { Command } from "../src/cli/command.ts";
import { COMMANDS } from "../src/cli/commands.ts";
import { optionHelp } from "../src/cli/flags/option_flags.ts";
import { wrapHelp } from "../src/cli/output/wrap_help.ts";
import { type Option, OPTIONS } from "../src/options/all_options.ts";
import { markdownTable } from "./markdown_table.ts";
import { type DocumentedSymbol, PublicDocs } from "./public_docs.ts";
import { updateFile } from "./update_file.ts";

const root = fromFileUrl(new URL("../", import.meta.url));
const docs = await PublicDocs.read(root);

/** The units of options, by the end of their names. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/Ms$/, "milliseconds"],
  [/Usd$/, "US dollars"],
  [/Bytes$/, "bytes"],
  [/maxTokens$/, "tokens"],
  [/PerMinute$/, "requests per minute"],
];

const GUIDES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "docs/api.md": {
    options: optionTables(),
    response: fieldTable(docs.members("Response")),
    usage: fieldTable(docs.members("Usage")),
    rollouts: fieldTable(docs.members("Rollouts", "RolloutsData")),
    client: fieldTable(docs.members("RolloutsClient")),
    progress: fieldTable(docs.members("Progress")),
    "api-error": fieldTable(docs.members("ApiErrorDetails")),
    errors: errorTable(),
  },
  "docs/cli.md": { commands: await commandSections() },
};

for (const [guide, parts] of Object.entries(GUIDES)) {
  const path = join(root, guide);
  let text = await Deno.readTextFile(path);
  for (const [name, part] of Object.entries(parts)) {
    text = withPart(text, name, part);
  }
  await updateFile(path, text, "run deno task docs");
}

/** Replaces the part between two comments, which the formatter leaves as it is. */
function withPart(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`no ${start} … ${end}`);
  return `${text.slice(0, before)}${start}

<!-- deno-fmt-ignore-start -->

${part}

<!-- deno-fmt-ignore-end -->

${text.slice(after)}`;
}

function optionTables(): string {
  const headings: Readonly<Record<Option["scope"], string>> = {
    call: "Options of a call",
    sampling: "Sampling: what shapes the answers",
    run: "Requests and cache",
    client: "Options of a client only",
  };
  return Object.entries(headings).map(([scope, heading]) => {
    const rows = [...OPTIONS.values()].filter((option) =>
      option.scope === scope
    )
      .map((option) => [
        `\`${option.name}\``,
        valuesOf(option),
        option.default === undefined ? "" : code(option.default),
        cacheKeyOf(option),
        docs.option(option.name),
      ]);
    return `### ${heading}\n\n${
      markdownTable(
        ["Option", "Values", "Default", "Cache key", "Description"],
        rows,
      )
    }`;
  }).join("\n\n");
}

function valuesOf({ name, type }: Option): string {
  const values = type.expected(undefined) ?? "";
  const unit = UNITS.find(([end]) => end.test(name))?.[1];
  const withUnit = unit === undefined ? values : `${values}, in ${unit}`;
  return type.expected(null) === null ? `${withUnit}, or \`null\`` : withUnit;
}

/** Returns the part of the cache path that an option adds when it is set. */
function cacheKeyOf({ name, scope, path }: Option): string {
  if (name === "model") return "directory of the model";
  if (name === "seed") return "file name";
  if (name === "baseUrl") return "hash, if not OpenRouter";
  if (scope !== "sampling") return "";
  return path === undefined ? "hash" : `\`${path.replace(/^_/, "")}…\``;
}

function fieldTable(members: readonly DocumentedSymbol[]): string {
  return markdownTable(
    ["Name", "Description"],
    members.map(({ name, text }) => [`\`${name}\``, text]),
  );
}

function errorTable(): string {
  const rows = docs.errors().map(({ name, base, text }) => [
    `\`${name}\``,
    base === "Error" ? "" : `\`${base}\``,
    text,
  ]);
  return markdownTable(["Error", "Extends", "Meaning"], rows);
}

async function commandSections(): Promise<string> {
  const sections = COMMANDS.map(async ({ name, load }) => {
    const { command } = await load();
    return `### rollouts ${name}\n\n${helpOf(command)}`;
  });
  return `${(await Promise.all(sections)).join("\n\n")}

## Options of a call

\`generate\`, \`run\`, and \`anchors\` (with \`-n 100\` by default) accept these flags. Each sets an option of the
library.

${block(optionHelp())}`;
}

/** Returns the help of a command, with a link instead of the flags of all options. */
function helpOf({ help }: Command): string {
  const from = help.indexOf("Samples:\n");
  const note = "The API key is read from OPENROUTER_API_KEY.";
  const to = help.indexOf(note, from);
  if (from < 0 || to < 0) return block(help);
  return `${block(help.slice(0, from).trimEnd())}

and the [options of a call](#options-of-a-call).

${block(help.slice(to + note.length).trimStart())}`;
}

function block(help: string): string {
  return `\`\`\`text\n${wrapHelp(help, 100)}\n\`\`\``;
}

function code(value: unknown): string {
  return `\`${
    typeof value === "number" && value >= 10_000
      ? value.toLocaleString("en-US").replaceAll(",", "_")
      : JSON.stringify(value)
  }\``;
}
