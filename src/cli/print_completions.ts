import { RootCommand } from "@bomb.sh/tab";
import { toKebabCase } from "@std/text/to-kebab-case";
import { COMMANDS } from "./commands.ts";
import { CONFIG_FLAGS } from "./flags/option_flags.ts";
import { type FlagTable, SHORT_FORMS } from "./flags/read_flags.ts";

/** Prints completions of the last word, which the shell requests at each Tab. */
export async function printCompletions(
  words: readonly string[],
): Promise<void> {
  const shortForms = new Map(
    Object.entries(SHORT_FORMS).map(([short, long]) => [long, short]),
  );
  const root = new RootCommand();
  for (const { name, summary, load } of COMMANDS) {
    const [first = ""] = name.split(" ");
    // The library completes the second word of a command only if it knows the first.
    if (!root.commands.has(first)) root.command(first, summary);
    const completed = root.command(name, summary);
    const isMeant = name.split(" ").every((word, i) => words[i] === word);
    if (!isMeant) continue;
    const { command } = await load();
    const flags: FlagTable = {
      ...command.flags,
      ...(command.configured === undefined ? {} : CONFIG_FLAGS),
      help: "boolean",
    };
    for (const [flag, kind] of Object.entries(flags)) {
      const long = toKebabCase(flag);
      const short = shortForms.get(long);
      if (kind === "boolean") completed.option(long, "", short);
      else {
        const value = typeof kind === "string" ? `a ${kind}` : kind.join(", ");
        completed.option(long, value, () => {}, short);
      }
    }
  }
  root.parse([...words]);
}
