import type { CommandEntry } from "./command.ts";

/** The commands, in the order of the overview. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "generate",
    args: "PROMPT",
    summary: "sample a prompt; answers are cached in .rollouts",
    load: () => import("./commands/generate.ts"),
  },
  {
    name: "run",
    args: "FILE",
    summary: "sample a data set: JSON lines, CSV, or one prompt per line",
    load: () => import("./commands/run.ts"),
  },
  {
    name: "models",
    args: "[SEARCH…]",
    summary: "list models and their prices",
    load: () => import("./commands/models.ts"),
  },
  {
    name: "providers",
    args: "MODEL",
    summary: "list the providers of a model",
    load: () => import("./commands/providers.ts"),
  },
  {
    name: "probe",
    args: "MODEL",
    summary: "test which providers of a model continue a prefill",
    load: () => import("./commands/probe.ts"),
  },
  {
    name: "score",
    args: "PROMPT TEXT",
    summary: "show the log-probabilities of a given text after a prompt",
    load: () => import("./commands/score.ts"),
  },
  {
    name: "anchors",
    args: "PROMPT",
    summary: "find the sentences of a chain of thought that decide its answer",
    load: () => import("./commands/anchors.ts"),
  },
  {
    name: "view",
    args: "[CACHE_DIR]",
    summary: "show samples in a browser, or export them as one page",
    load: () => import("./commands/view.ts"),
  },
  {
    name: "key",
    summary: "show what the API key has used, and what is left",
    load: () => import("./commands/key.ts"),
  },
  {
    name: "cache ls",
    summary: "list the prompts in the cache",
    load: () => import("./commands/cache_ls.ts"),
  },
  {
    name: "cache stats",
    summary: "count samples, tokens, and cost, by model",
    load: () => import("./commands/cache_stats.ts"),
  },
  {
    name: "cache show",
    args: "KEY",
    summary: "show the samples of a prompt",
    load: () => import("./commands/cache_show.ts"),
  },
  {
    name: "cache explain",
    args: "PROMPT",
    summary: "explain why a sample is not in the cache",
    load: () => import("./commands/cache_explain.ts"),
  },
  {
    name: "cache verify",
    summary: "check every file of the cache",
    load: () => import("./commands/cache_verify.ts"),
  },
  {
    name: "cache export",
    args: "-o FILE",
    summary: "write samples as JSON lines, CSV, or Parquet",
    load: () => import("./commands/cache_export.ts"),
  },
  {
    name: "cache prune",
    args: "FILTERS",
    summary: "remove samples; lists them first",
    load: () => import("./commands/cache_prune.ts"),
  },
  {
    name: "cache pack",
    summary: "compress the samples of each prompt into few files",
    load: () => import("./commands/cache_pack.ts"),
  },
  {
    name: "cache push",
    args: "DIR|FILE.tar",
    summary: "copy new samples to another cache or a tar file",
    load: () => import("./commands/cache_push.ts"),
  },
  {
    name: "cache pull",
    args: "DIR|FILE.tar",
    summary: "copy new samples from another cache or a tar file",
    load: () => import("./commands/cache_pull.ts"),
  },
  {
    name: "cache import",
    args: "MODEL.db",
    summary: "copy the samples of an SQLite cache of the Python package",
    load: () => import("./commands/cache_import.ts"),
  },
  {
    name: "cache slice",
    args: "FILE -o DIR",
    summary: "copy the samples of a data set, to publish them",
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
    summary: "show the state of a queue",
    load: () => import("./commands/queue_status.ts"),
  },
  {
    name: "queue pause",
    args: "--queue URL",
    summary: "pause the workers of a queue",
    load: () => import("./commands/queue_pause.ts"),
  },
  {
    name: "queue resume",
    args: "--queue URL",
    summary: "resume the workers of a queue",
    load: () => import("./commands/queue_resume.ts"),
  },
  {
    name: "queue drain",
    args: "--queue URL",
    summary: "remove the requests that wait in a queue",
    load: () => import("./commands/queue_drain.ts"),
  },
  {
    name: "config",
    summary: "show the configured defaults",
    load: () => import("./commands/config.ts"),
  },
  {
    name: "complete",
    args: "SHELL",
    summary: "print a script that completes commands and flags",
    load: () => import("./commands/complete.ts"),
  },
  {
    name: "mock",
    summary: "serve a mock of OpenRouter on 127.0.0.1",
    load: () => import("./commands/mock.ts"),
  },
];
