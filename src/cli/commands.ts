import type { CommandEntry } from "./command.ts";

/** The commands, in the order of the overview. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "generate",
    usage: "generate PROMPT",
    summary:
      "sample a prompt; answers are kept in .rollouts and never paid twice",
    load: async () => (await import("./commands/generate.ts")).GENERATE_COMMAND,
  },
  {
    name: "run",
    usage: "run FILE",
    summary: "sample a data set: JSON lines, CSV or one prompt a line",
    load: async () => (await import("./commands/run.ts")).RUN_COMMAND,
  },
  {
    name: "models",
    usage: "models [SEARCH…]",
    summary: "show the models, with prices and what they take",
    load: async () => (await import("./commands/models.ts")).MODELS_COMMAND,
  },
  {
    name: "providers",
    usage: "providers MODEL",
    summary: "show who serves a model",
    load: async () =>
      (await import("./commands/providers.ts")).PROVIDERS_COMMAND,
  },
  {
    name: "probe",
    usage: "probe MODEL",
    summary: "find out who goes on with the beginning of a thought",
    load: async () => (await import("./commands/probe.ts")).PROBE_COMMAND,
  },
  {
    name: "anchors",
    usage: "anchors PROMPT",
    summary: "find the sentences of a thought that decide its answer",
    load: async () => (await import("./commands/anchors.ts")).ANCHORS_COMMAND,
  },
  {
    name: "view",
    usage: "view [CACHE_DIR]",
    summary: "show samples in a browser, or as one page to share",
    load: async () => (await import("./commands/view.ts")).VIEW_COMMAND,
  },
  {
    name: "key",
    usage: "key",
    summary: "show what the key has used, and what is left",
    load: async () => (await import("./commands/key.ts")).KEY_COMMAND,
  },
  {
    name: "cache ls",
    usage: "cache ls",
    summary: "show the prompts whose samples are kept",
    load: async () => (await import("./commands/cache_ls.ts")).CACHE_LS_COMMAND,
  },
  {
    name: "cache stats",
    usage: "cache stats",
    summary: "count samples, tokens and cost by model",
    load: async () =>
      (await import("./commands/cache_stats.ts")).CACHE_STATS_COMMAND,
  },
  {
    name: "cache show",
    usage: "cache show KEY",
    summary: "show a prompt's samples",
    load: async () =>
      (await import("./commands/cache_show.ts")).CACHE_SHOW_COMMAND,
  },
  {
    name: "cache explain",
    usage: "cache explain PROMPT",
    summary: "say why a sample is not in the cache",
    load: async () =>
      (await import("./commands/cache_explain.ts")).CACHE_EXPLAIN_COMMAND,
  },
  {
    name: "cache verify",
    usage: "cache verify",
    summary: "check every file",
    load: async () =>
      (await import("./commands/cache_verify.ts")).CACHE_VERIFY_COMMAND,
  },
  {
    name: "cache export",
    usage: "cache export -o FILE",
    summary: "write samples as JSON lines, CSV or Parquet",
    load: async () =>
      (await import("./commands/cache_export.ts")).CACHE_EXPORT_COMMAND,
  },
  {
    name: "cache prune",
    usage: "cache prune FILTERS",
    summary: "remove samples; shows first what would go",
    load: async () =>
      (await import("./commands/cache_prune.ts")).CACHE_PRUNE_COMMAND,
  },
  {
    name: "cache slice",
    usage: "cache slice FILE -o DIR",
    summary: "copy what a data set needs, to publish it",
    load: async () =>
      (await import("./commands/cache_slice.ts")).CACHE_SLICE_COMMAND,
  },
  {
    name: "worker",
    usage: "worker --queue URL",
    summary: "send the requests of runs on other machines",
    load: async () => (await import("./commands/worker.ts")).WORKER_COMMAND,
  },
  {
    name: "queue status",
    usage: "queue status --queue URL",
    summary: "show what there is in a queue",
    load: async () =>
      (await import("./commands/queue_status.ts")).QUEUE_STATUS_COMMAND,
  },
  {
    name: "queue pause",
    usage: "queue pause --queue URL",
    summary: "have workers take no more",
    load: async () =>
      (await import("./commands/queue_pause.ts")).QUEUE_PAUSE_COMMAND,
  },
  {
    name: "queue resume",
    usage: "queue resume --queue URL",
    summary: "let workers go on",
    load: async () =>
      (await import("./commands/queue_resume.ts")).QUEUE_RESUME_COMMAND,
  },
  {
    name: "queue drain",
    usage: "queue drain --queue URL",
    summary: "take out what waits for a worker",
    load: async () =>
      (await import("./commands/queue_drain.ts")).QUEUE_DRAIN_COMMAND,
  },
  {
    name: "config",
    usage: "config",
    summary: "show the defaults that are configured, and where",
    load: async () => (await import("./commands/config.ts")).CONFIG_COMMAND,
  },
  {
    name: "complete",
    usage: "complete SHELL",
    summary: "print what makes a shell complete commands and flags",
    load: async () => (await import("./commands/complete.ts")).COMPLETE_COMMAND,
  },
  {
    name: "mock",
    usage: "mock",
    summary: "serve an invented OpenRouter on 127.0.0.1",
    load: async () => (await import("./commands/mock.ts")).MOCK_COMMAND,
  },
];
