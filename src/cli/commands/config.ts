import { OPENROUTER_BASE_URL } from "../../openrouter_url.ts";
import { OPTIONS } from "../../options/all_options.ts";
import { withoutPassword } from "../../util/without_password.ts";
import type { Command } from "../command.ts";
import { system } from "../../platform/deno/system.ts";
import { absolutePath } from "../../platform/absolute_path.ts";
import {
  CONFIG_FILE,
  configuredOptions,
  variableOf,
} from "../flags/configured_options.ts";
import { OPTION_FLAGS } from "../flags/option_flags.ts";
import { type Column, printTable } from "../output/print_table.ts";

const FLAGS = {
  json: "boolean",
  all: "boolean",
  trustConfig: "boolean",
} as const;

/** The variable that sets the address of the API for other programs, too. */
const BASE_URL_VARIABLE = "OPENROUTER_BASE_URL";

/** `rollouts config`. */
export const command: Command<typeof FLAGS> = {
  help: `Shows the configured defaults and where each is set.

Usage: rollouts config [OPTIONS]

A flag overrides a variable such as ROLLOUTS_MODEL or ROLLOUTS_MAX_TOKENS. A variable overrides the
file rollouts.json in the working directory, such as {"model": "qwen/qwq-32b", "maxTokens": 1000}.
For limits such as --max-cost-usd, the lowest value applies. rollouts.json cannot set addresses (baseUrl,
queue) unless you trust it: pass --trust-config, or set ROLLOUTS_TRUST_CONFIG=true. The address of the API
is --base-url, else ROLLOUTS_BASE_URL, else baseUrl in a trusted rollouts.json, else OPENROUTER_BASE_URL,
else OpenRouter's.

      --json            print JSON
      --all             include options that are not configured
      --trust-config    use the addresses in rollouts.json

Examples:
  rollouts config --all
  ROLLOUTS_TEMPERATURE=1 rollouts config`,
  flags: FLAGS,
  run: async ({ flags, output }) => {
    const configured = new Map(
      [...configuredOptions(flags)].map(([name, { value, source }]) => [
        name,
        {
          value: typeof value === "string" ? withoutPassword(value) : value,
          source,
        },
      ]),
    );
    const baseUrl = system.readEnv(BASE_URL_VARIABLE);
    if (baseUrl !== undefined && !configured.has("baseUrl")) {
      const value = withoutPassword(baseUrl);
      configured.set("baseUrl", { value, source: BASE_URL_VARIABLE });
    }
    if (flags.json) {
      output.print(JSON.stringify(Object.fromEntries(configured), null, 2));
      return 0;
    }
    if (configured.size === 0 && !flags.all) {
      output.print(
        `no defaults are configured: set variables such as ${
          variableOf("model")
        }, or write ${
          absolutePath(CONFIG_FILE)
        }; rollouts config --all shows the defaults of the package`,
      );
      return 0;
    }
    const columns: readonly Column<string>[] = [
      ["OPTION", "left", (name) => name],
      ["VALUE", "left", (name) => {
        const option = configured.get(name);
        const value = option === undefined ? defaultOf(name) : option.value;
        return JSON.stringify(value) ?? "";
      }],
      ["FROM", "left", (name) => configured.get(name)?.source ?? "the package"],
      ["VARIABLE", "left", variableOf],
    ];
    const names = flags.all
      ? Object.keys(OPTION_FLAGS)
      : [...configured.keys()];
    await printTable(names, columns, output);
    return 0;
  },
};

/** The package's default of an option. */
function defaultOf(name: string): unknown {
  return name === "baseUrl" ? OPENROUTER_BASE_URL : OPTIONS.get(name)?.default;
}
