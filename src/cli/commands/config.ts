import type { Command } from "../command.ts";
import { configuredOptions, variableOf } from "../flags/configured_options.ts";
import { OPTIONS } from "../../options/all_options.ts";
import { OPTION_FLAGS } from "../flags/option_flags.ts";
import { printTable } from "../output/print_table.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { UsageError } from "../usage_error.ts";

const HELP = `Shows the defaults that are configured, and where.

Usage: rollouts config [--json]

What counts, first to last: a flag; a variable such as ROLLOUTS_MODEL or ROLLOUTS_MAX_TOKENS; the file
rollouts.json in the working directory, {"model": "qwen/qwen3-30b-a3b", "maxTokens": 1000};
the package's own default.

      --json            as JSON
      --all             the options that are not configured too

Example: rollouts config --all`;

/** `rollouts config`. */
export const CONFIG_COMMAND: Command = {
  help: HELP,
  flags: { json: "boolean", all: "boolean" },
  aliases: {},
  configured: [],
  run: showConfig,
};

async function showConfig(
  { flags, positionals }: ReadFlags,
): Promise<number> {
  if (positionals.length > 0) throw new UsageError("config takes no argument");
  const configured = configuredOptions();
  if (flags.json) {
    const shown = [...configured].map((
      [name, { value, source }],
    ) => [name, { value: withoutPassword(value), source }]);
    console.log(JSON.stringify(Object.fromEntries(shown), null, 2));
    return 0;
  }
  const names = flags.all ? Object.keys(OPTION_FLAGS) : [...configured.keys()];
  await printTable(
    [
      { head: "OPTION", align: "left" },
      { head: "VALUE", align: "left" },
      { head: "FROM", align: "left" },
      { head: "VARIABLE", align: "left" },
    ],
    names.map((name) => {
      const option = configured.get(name);
      return [
        name,
        option === undefined
          ? JSON.stringify(OPTIONS.get(name)?.default) ?? ""
          : JSON.stringify(withoutPassword(option.value)),
        option?.source ?? "the package",
        variableOf(name),
      ];
    }),
  );
  return 0;
}

/** The address of a queue may have one. */
function withoutPassword(value: unknown): unknown {
  return typeof value === "string"
    ? value.replace(/^(rediss?:\/\/).*@/, "$1…@")
    : value;
}
