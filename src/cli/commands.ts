import type { CommandEntry } from "./command.ts";

/** The commands, in the order of the overview. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "generate",
    usage: "generate PROMPT",
    summary:
      "sample a prompt; answers are kept in .rollouts and never paid twice",
    load: async () => (await import("./generate_command.ts")).GENERATE_COMMAND,
  },
  {
    name: "run",
    usage: "run FILE",
    summary: "sample a data set: JSON lines, CSV or one prompt a line",
    load: async () => (await import("./run_command.ts")).RUN_COMMAND,
  },
  {
    name: "mock",
    usage: "mock",
    summary: "serve an invented OpenRouter on 127.0.0.1",
    load: async () => (await import("./mock_command.ts")).MOCK_COMMAND,
  },
];
