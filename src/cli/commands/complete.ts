import { RootCommand } from "@bomb.sh/tab";
import type { Command } from "../command.ts";
import { UsageError } from "../usage_error.ts";

const SHELLS: readonly string[] = ["bash", "zsh", "fish", "powershell"];

const what = `one of ${SHELLS.join(", ")}`;

/** `rollouts complete`. */
export const command: Command = {
  help: `Prints a script that completes commands and flags when you press Tab.

Usage: rollouts complete ${SHELLS.join("|")}

In zsh, save the script to a file and source that file in ~/.zshrc.

Examples:
  rollouts complete bash > ~/.local/share/bash-completion/completions/rollouts
  rollouts complete fish > ~/.config/fish/completions/rollouts.fish`,
  flags: {},
  args: { min: 1, max: 1, what },
  run: ({ args: [shell = ""] }) => {
    if (!SHELLS.includes(shell)) {
      throw new UsageError(`complete takes ${what}, got ${shell}`);
    }
    new RootCommand().setup("rollouts", "rollouts", shell);
    return 0;
  },
};
