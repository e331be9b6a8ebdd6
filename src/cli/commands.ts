import type { CommandEntry } from "./command.ts";

/** The commands, in the order of the overview. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "generate",
    args: "PROMPT",
    summary:
      "sample a prompt; answers are kept in .rollouts and never paid twice",
    load: () => import("./commands/generate.ts"),
  },
  {
    name: "run",
    args: "FILE",
    summary: "sample a data set: JSON lines, CSV or one prompt a line",
    load: () => import("./commands/run.ts"),
  },
  {
    name: "models",
    args: "[SEARCH…]",
    summary: "show the models, with prices and what they take",
    load: () => import("./commands/models.ts"),
  },
  {
    name: "providers",
    args: "MODEL",
    summary: "show who serves a model",
    load: () => import("./commands/providers.ts"),
  },
  {
    name: "probe",
    args: "MODEL",
    summary: "find out who goes on with the beginning of a thought",
    load: () => import("./commands/probe.ts"),
  },
  {
    name: "anchors",
    args: "PROMPT",
    summary: "find the sentences of a thought that decide its answer",
    load: () => import("./commands/anchors.ts"),
  },
  {
    name: "view",
    args: "[CACHE_DIR]",
    summary: "show samples in a browser, or as one page to share",
    load: () => import("./commands/view.ts"),
  },
  {
    name: "key",
    summary: "show what the key has used, and what is left",
    load: () => import("./commands/key.ts"),
  },
  {
    name: "cache ls",
    summary: "show the prompts whose samples are kept",
    load: () => import("./commands/cache_ls.ts"),
  },
  {
    name: "cache stats",
    summary: "count samples, tokens and cost by model",
    load: () => import("./commands/cache_stats.ts"),
  },
  {
    name: "cache show",
    args: "KEY",
    summary: "show a prompt's samples",
    load: () => import("./commands/cache_show.ts"),
  },
  {
    name: "cache explain",
    args: "PROMPT",
    summary: "say why a sample is not in the cache",
    load: () => import("./commands/cache_explain.ts"),
  },
  {
    name: "cache verify",
    summary: "check every file",
    load: () => import("./commands/cache_verify.ts"),
  },
  {
    name: "cache export",
    args: "-o FILE",
    summary: "write samples as JSON lines, CSV or Parquet",
    load: () => import("./commands/cache_export.ts"),
  },
  {
    name: "cache prune",
    args: "FILTERS",
    summary: "remove samples; shows first what would go",
    load: () => import("./commands/cache_prune.ts"),
  },
  {
    name: "cache slice",
    args: "FILE -o DIR",
    summary: "copy what a data set needs, to publish it",
    load: () => import("./commands/cache_slice.ts"),
  },
  {
    name: "worker",
    args: "--queue URL",
    summary: "send the requests of runs on other machines",
    load: () => import("./commands/worker.ts"),
  },
  {
    name: "queue status",
    args: "--queue URL",
    summary: "show what there is in a queue",
    load: () => import("./commands/queue_status.ts"),
  },
  {
    name: "queue pause",
    args: "--queue URL",
    summary: "have workers take no more",
    load: () => import("./commands/queue_pause.ts"),
  },
  {
    name: "queue resume",
    args: "--queue URL",
    summary: "let workers go on",
    load: () => import("./commands/queue_resume.ts"),
  },
  {
    name: "queue drain",
    args: "--queue URL",
    summary: "take out what waits for a worker",
    load: () => import("./commands/queue_drain.ts"),
  },
  {
    name: "config",
    summary: "show the defaults that are configured, and where",
    load: () => import("./commands/config.ts"),
  },
  {
    name: "complete",
    args: "SHELL",
    summary: "print what makes a shell complete commands and flags",
    load: () => import("./commands/complete.ts"),
  },
  {
    name: "mock",
    summary: "serve an invented OpenRouter on 127.0.0.1",
    load: () => import("./commands/mock.ts"),
  },
];
