import { toKebabCase } from "@std/text/to-kebab-case";
import {
  type Option,
  OPTIONS,
  type OptionScope,
} from "../../options/all_options.ts";
import type { FlagKind } from "../../options/value_type.ts";

const FLAG_OPTIONS: readonly Option[] = [...OPTIONS.values()]
  .filter(({ type, hasNoFlag }) => type.kind !== null && !hasNoFlag);

/** The type of each option's flag, by the option's name. Commands read the values of those named here. */
export const OPTION_FLAGS = Object.fromEntries(
  FLAG_OPTIONS.map(({ name, type }) => [name, type.kind!]),
) as Readonly<Record<string, FlagKind>> & {
  readonly nSamples: "number";
  readonly seed: "number";
  readonly cacheDir: "text";
  readonly progressBar: "boolean";
};

const HEADINGS: Readonly<Record<OptionScope, string>> = {
  call: "Samples",
  sampling: "Sampling options, which are part of the cache key",
  run: "Requests and cache",
  client: "Workers",
};

/**
 * Describes the option flags for `--help`.
 *
 * @param changes Descriptions and defaults that differ for a command.
 */
export function optionHelp(
  changes: Readonly<
    Partial<Record<Option["name"], Partial<Pick<Option, "help" | "default">>>>
  > = {},
): string {
  const options = FLAG_OPTIONS.map((option) => ({
    ...option,
    ...changes[option.name],
  }));
  const width = Math.max(...options.map((option) => flagText(option).length));
  const sections = Object.entries(HEADINGS).map(([scope, heading]) => {
    const lines = options.filter((option) => option.scope === scope)
      .map((option) =>
        `${flagText(option).padEnd(width)}  ${
          wrapped(describe(option), width + 2)
        }\n`
      );
    return `${heading}:\n${lines.join("")}`;
  });
  return `${sections.join("\n")}
Each default can be set in rollouts.json or in a variable such as ROLLOUTS_MAX_TOKENS: see
rollouts config --help. The API key is read from OPENROUTER_API_KEY.`;
}

function flagText(option: Option): string {
  const { name, short, type } = option;
  const letter = short === undefined ? "    " : `-${short}, `;
  if (type.kind === "boolean") {
    const off = option.default === false ? "" : "[no-]";
    return `  ${letter}--${off}${toKebabCase(name)}`;
  }
  const value = type.kind === "number"
    ? "N"
    : type.kind === "json"
    ? "JSON"
    : "TEXT";
  return `  ${letter}--${toKebabCase(name)} ${value}`;
}

function describe(option: Option): string {
  const { help, type } = option;
  const hasDefault = option.default !== undefined && option.default !== false;
  const notes = [
    ...(type.range === null ? [] : [type.range.replace(/^(from|of) /, "")]),
    ...(hasDefault ? [`default ${option.default}`] : []),
  ];
  return notes.length === 0 ? help : `${help} (${notes.join("; ")})`;
}

/** Wraps a text that begins at a column, so that it ends at column 100. */
function wrapped(text: string, column: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (column + line.length <= 100) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.join(`\n${" ".repeat(column)}`);
}
