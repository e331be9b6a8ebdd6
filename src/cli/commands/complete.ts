import type { Command } from "../command.ts";
import { COMPLETION_SCRIPTS } from "../completion_scripts.ts";
import { UsageError } from "../usage_error.ts";

const SHELLS = [...COMPLETION_SCRIPTS.keys()];

const what = `one of ${SHELLS.join(", ")}`;

/** `rollouts complete`. */
export const command: Command = {
  help:
    `Prints a script that completes commands, flags, and files when you press Tab.

Usage: rollouts complete ${SHELLS.join("|")}

In zsh, save the script to a file and source that file in ~/.zshrc, after compinit.

Examples:
  rollouts complete bash > ~/.local/share/bash-completion/completions/rollouts
  rollouts complete fish > ~/.config/fish/completions/rollouts.fish`,
  flags: {},
  args: { min: 1, max: 1, what },
  run: ({ args: [shell = ""], output }) => {
    const script = COMPLETION_SCRIPTS.get(shell);
    if (script === undefined) {
      throw new UsageError(`complete takes ${what}, got ${shell}`);
    }
    output.print(script);
    return 0;
  },
};
