/**
 * Writes the table of the sources that can set each option into SECURITY.md.
 *
 * @module
 */

import { toSnakeCase } from "@std/text/to-snake-case";
import { COMMAND_OPTIONS } from "../src/cli/flags/option_flags.ts";
import { variableOf } from "../src/cli/flags/configured_options.ts";
import { maySet, OPTIONS } from "../src/options/all_options.ts";
import { markdownTable } from "./markdown_table.ts";

const FILE = new URL("../SECURITY.md", import.meta.url);

const TABLE = /(<!-- options -->\n).*(<!-- \/options -->)/s;

/** Replaces the table in the text of SECURITY.md with that of the current options. */
export function withOptionTable(text: string): string {
  return text.replace(TABLE, (_, start, end) => `${start}\n${table()}\n${end}`);
}

function table(): string {
  const head = ["Option", "Row", "`rollouts.json`", "Variable or flag"];
  const rows: string[][] = [];
  for (const option of [...OPTIONS.values(), ...COMMAND_OPTIONS.values()]) {
    const { name } = option;
    const variable = name === "apiKey"
      ? "OPENROUTER_API_KEY"
      : variableOf(name);
    rows.push(
      maySet("variable", option)
        ? [
          `\`${name}\``,
          maySet("row", option) ? `\`${toSnakeCase(name)}\`` : "no",
          maySet("file", option)
            ? "yes"
            : maySet("trusted file", option)
            ? "if trusted"
            : "no",
          `\`${variable}\``,
        ]
        : [`\`${name}\``, "no", "no", "only in code"],
    );
  }
  return `${markdownTable(head, rows, { isAligned: true })}\n`;
}

if (import.meta.main) {
  const text = await Deno.readTextFile(FILE);
  await Deno.writeTextFile(FILE, withOptionTable(text));
}
