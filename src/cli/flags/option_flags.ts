import { toKebabCase } from "@std/text/to-kebab-case";
import { type Option, OPTIONS } from "../../options/all_options.ts";
import type { OPTION_TABLE } from "../../options/option_table.ts";
import type { FlagKind, ValueType } from "../../options/value_type.ts";

const FLAG_OPTIONS: readonly Option[] = [...OPTIONS.values()]
  .filter(({ type, hasNoFlag }) => type.kind !== null && !hasNoFlag);

type FlagsOf<Rows> = {
  readonly [
    Name in keyof Rows as KindOf<Rows[Name]> extends never ? never : Name
  ]: KindOf<Rows[Name]>;
};

type KindOf<Row> = Row extends { readonly hasNoFlag: true } ? never
  : Row extends { readonly type: ValueType<infer Kind> } ? Kind & string
  : never;

type Table = typeof OPTION_TABLE;

/** The flags that send requests through a queue, in place of the option `transport`. */
export const TRANSPORT_FLAGS = {
  queue: "text",
  metricsPort: "number",
  metricsHost: "text",
} as const satisfies Readonly<Record<string, FlagKind>>;

/** The type of each flag that sets an option, by the option's name. */
export const OPTION_FLAGS = {
  ...Object.fromEntries(
    FLAG_OPTIONS.map(({ name, type }) => [name, type.kind]),
  ),
  ...TRANSPORT_FLAGS,
} as
  & typeof TRANSPORT_FLAGS
  & FlagsOf<Table["call"]>
  & FlagsOf<Table["sampling"]>
  & FlagsOf<Table["run"]>
  & FlagsOf<Table["client"]>;

/** An option that has a flag. */
export type FlagOption = keyof typeof OPTION_FLAGS;

/** The types of the flags of a few options. */
export function optionFlags<Name extends FlagOption>(
  names: readonly Name[],
): Pick<typeof OPTION_FLAGS, Name> {
  return Object.fromEntries(
    names.map((name) => [name, OPTION_FLAGS[name]]),
  ) as Pick<typeof OPTION_FLAGS, Name>;
}

const TRANSPORT_HELP = `Queue of many machines:
      --queue URL          Redis through which requests go to workers: see rollouts worker --help
      --metrics-port N     port of this process's Prometheus metrics; needs --queue (0 to 65535)
      --metrics-host TEXT  their address; 0.0.0.0 opens them to others (default 127.0.0.1)
`;

const HEADINGS: Readonly<Record<Option["scope"], string>> = {
  call: "Samples",
  sampling: "Sampling options, which are part of the cache key",
  run: "Requests and cache",
  client: "Workers",
};

/** What `--help` says of an option in place of the table. */
type HelpChanges = Readonly<
  Partial<Record<Option["name"], Partial<Pick<Option, "help" | "default">>>>
>;

/** Describes the flags of all options for `--help`, with what differs for a command. */
export function optionHelp(changes: HelpChanges = {}): string {
  const options = FLAG_OPTIONS.map((option) => ({
    ...option,
    ...changes[option.name],
  }));
  const width = Math.max(...options.map((option) => flagText(option).length));
  const sections = Object.entries(HEADINGS).map(([scope, heading]) => {
    const inScope = options.filter((option) => option.scope === scope);
    return `${heading}:\n${flagLines(inScope, width)}\n\n`;
  });
  return `${sections.join("")}${TRANSPORT_HELP}
${CONFIG_NOTE}`;
}

/** Describes the flags of a few options for `--help`. */
export function flagHelp(names: readonly string[]): string {
  return flagLines(FLAG_OPTIONS.filter(({ name }) => names.includes(name)), 0);
}

const CONFIG_NOTE =
  `Each default can be set in rollouts.json or in a variable such as ROLLOUTS_MAX_TOKENS: see
rollouts config --help. The API key is read from OPENROUTER_API_KEY.`;

function flagLines(options: readonly Option[], minWidth: number): string {
  const width = Math.max(
    minWidth,
    ...options.map((option) => flagText(option).length),
  );
  return options.map((option) =>
    `${flagText(option).padEnd(width)}  ${describe(option)}`
  ).join("\n");
}

function flagText({ name, short, type, default: value }: Option): string {
  const letter = short === undefined ? "    " : `-${short}, `;
  const off = type.kind === "boolean" && value !== false ? "[no-]" : "";
  return `  ${letter}--${off}${toKebabCase(name)}${PLACEHOLDERS[type.kind!]}`;
}

const PLACEHOLDERS: Readonly<Record<FlagKind, string>> = {
  boolean: "",
  json: " JSON",
  number: " N",
  text: " TEXT",
  "text or json": " TEXT",
};

function describe({ help, type, default: value }: Option): string {
  const notes = [
    type.range?.replace(/^(from|of) /, "") ?? "",
    value === undefined || value === false ? "" : `default ${value}`,
  ].filter((note) => note !== "");
  return notes.length === 0 ? help : `${help} (${notes.join("; ")})`;
}
