import { RootCommand } from "@bomb.sh/tab";
import type { Command } from "../command.ts";
import { UsageError } from "../usage_error.ts";

const SHELLS: readonly string[] = ["bash", "zsh", "fish", "powershell"];

const what = `one of ${SHELLS.join(", ")}`;

/** `rollouts complete`. */
export const command: Command = {
  help: `Prints what makes a shell complete commands and flags at Tab.

Usage: rollouts complete ${SHELLS.join("|")}

bash: rollouts complete bash > ~/.local/share/bash-completion/completions/rollouts
zsh:  rollouts complete zsh > a file that ~/.zshrc sources
fish: rollouts complete fish > ~/.config/fish/completions/rollouts.fish

Example: rollouts complete bash`,
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
