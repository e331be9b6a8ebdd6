import { toKebabCase } from "@std/text/to-kebab-case";
import { type Option, OPTIONS } from "../../options/all_options.ts";
import type { OptionSource } from "../../options/option_row.ts";
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

/** The flags that send requests through a queue, instead of the option `transport`. */
export const TRANSPORT_FLAGS = {
  queue: "text",
  metricsPort: "number",
  metricsHost: "text",
} as const satisfies Readonly<Record<string, FlagKind>>;

/** The flag that sends the key to the host of `--base-url`, instead of the option `sendKeyTo`. */
export const KEY_FLAGS = { sendKey: "boolean" } as const;

/** The flag of all commands for which defaults can be configured. */
export const CONFIG_FLAGS = { trustConfig: "boolean" } as const;

/** The options of commands that are not options of the library, with the sources that can set them. */
export const COMMAND_OPTIONS: ReadonlyMap<string, CommandOption> = new Map(
  [
    ...Object.keys(TRANSPORT_FLAGS).map((name) => [name, "trusted file"]),
    ...Object.keys({ ...KEY_FLAGS, ...CONFIG_FLAGS })
      .map((name) => [name, "variable"]),
  ].map(([name, setBy]) => [name!, { name, setBy } as CommandOption]),
);

/** An option of commands. */
export interface CommandOption {
  readonly name: string;
  readonly setBy: OptionSource;
}

/** The type of each flag that sets an option, by the option's name. */
export const OPTION_FLAGS = {
  ...Object.fromEntries(
    FLAG_OPTIONS.map(({ name, type }) => [name, type.kind]),
  ),
  ...TRANSPORT_FLAGS,
  ...KEY_FLAGS,
} as
  & typeof TRANSPORT_FLAGS
  & typeof KEY_FLAGS
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

const TRANSPORT_HELP = `Many machines:
      --queue URL          Redis that passes requests to workers: see rollouts worker --help
      --metrics-port N     port of this process's Prometheus metrics, with --queue (0 to 65535)
      --metrics-host TEXT  metrics address; 0.0.0.0 exposes it to other machines (default 127.0.0.1)
`;

const TRUST_HELP = `Key and configuration:
      --send-key           send the API key to the host of --base-url: see SECURITY.md
      --trust-config       use the addresses that rollouts.json sets
`;

const HEADINGS: Readonly<Record<Option["scope"], string>> = {
  call: "Samples",
  sampling: "Sampling (part of the cache key)",
  run: "Requests and cache",
  client: "Workers",
};

/** Help texts of a command that replace those of the table. */
type HelpChanges = Readonly<
  Partial<Record<Option["name"], Partial<Pick<Option, "help" | "default">>>>
>;

/** Describes the flags of all options for `--help`, with what differs for a command. */
export function optionHelp(changes: HelpChanges = {}): string {
  const options = FLAG_OPTIONS.map((option) => ({
    ...option,
    ...changes[option.name],
  }));
  return `${sections(options)}${TRANSPORT_HELP}
${TRUST_HELP}
${CONFIG_NOTE} The API key is read from OPENROUTER_API_KEY.`;
}

/** Describes the flags that select cached samples, for the `--help` of commands that request nothing. */
export function cacheKeyHelp(call: readonly ("nSamples" | "seed")[]): string {
  const names: readonly string[] = [...call, "cacheDir", "baseUrl"];
  const options = FLAG_OPTIONS.filter(({ name, scope }) =>
    scope === "sampling" || names.includes(name)
  );
  return `${sections(options)}${CONFIG_NOTE}`;
}

/** Describes the flags of a few options for `--help`. */
export function flagHelp(names: readonly string[]): string {
  return flagLines(FLAG_OPTIONS.filter(({ name }) => names.includes(name)), 0);
}

const CONFIG_NOTE =
  `Set defaults in rollouts.json or in variables such as ROLLOUTS_MAX_TOKENS: see
rollouts config --help.`;

function sections(options: readonly Option[]): string {
  const width = Math.max(...options.map((option) => flagText(option).length));
  return Object.entries(HEADINGS).map(([scope, heading]) => {
    const inScope = options.filter((option) => option.scope === scope);
    if (inScope.length === 0) return "";
    return `${heading}:\n${flagLines(inScope, width)}\n\n`;
  }).join("");
}

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
  paths: " DIR",
  "number or none": " N",
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
