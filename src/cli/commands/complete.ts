import { RootCommand } from "@bomb.sh/tab";
import type { Command } from "../command.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { UsageError } from "../usage_error.ts";

const SHELLS: readonly string[] = ["bash", "zsh", "fish", "powershell"];

const HELP = `Prints what makes a shell complete commands and flags at Tab.

Usage: rollouts complete ${SHELLS.join("|")}

bash: rollouts complete bash > ~/.local/share/bash-completion/completions/rollouts
zsh:  rollouts complete zsh > a file that ~/.zshrc sources
fish: rollouts complete fish > ~/.config/fish/completions/rollouts.fish

Example: rollouts complete bash`;

/** `rollouts complete`. */
export const COMPLETE_COMMAND: Command = {
  help: HELP,
  flags: {},
  aliases: {},
  configured: [],
  run: ({ positionals }: ReadFlags) => {
    const [shell = "", ...others] = positionals;
    if (!SHELLS.includes(shell) || others.length > 0) {
      throw new UsageError(`complete takes one of ${SHELLS.join(", ")}`);
    }
    new RootCommand().setup("rollouts", "rollouts", shell);
    return Promise.resolve(0);
  },
};
