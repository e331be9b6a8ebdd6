const BROWSER =
  "it tests the page in a browser, and the page is the same on Node";
const DENO_INFO = "it reads the output of `deno info`";
const COMPUTES =
  "it computes for long; tests/integration/ranking_test.ts does the same with fewer samples";
const PACKAGING = "the scripts that build and publish packages run on Deno";
const SQLITE = "the viewer needs SQLite, which Node has since 22.13";
const PERMISSIONS = "it runs a program with some of Deno's permissions";
const LOCKS =
  "its owner file is not locked; lock_holder_test.ts of node_tests has one of a process that has ended";
const SLOW = "it takes long, and chaos_test.ts kills processes on Node";
const PROGRAMS = "it runs programs written for Deno";
const SIGNAL_LISTENERS = "it replaces Deno.addSignalListener()";
const WASM =
  "openai-harmony fetches a file URL, which Node's fetch does not support";
const WORKER =
  "its worker is written for Deno; spawn_worker_test.ts has one for Node";

/** The tests that do not run on Node, and why: whole files, and single tests by name. */
export const NOT_ON_NODE: {
  readonly files: Readonly<Record<string, string>>;
  readonly tests: Readonly<Record<string, string>>;
  /** Files that do not run on the oldest Node. */
  readonly oldest: Readonly<Record<string, string>>;
} = {
  files: {
    "tests/integration/bump_test.ts": PACKAGING,
    "tests/long/jsr_test.ts": PACKAGING,
    "tests/long/one_file_test.ts": PACKAGING,
    "tests/long/picture_test.ts": PACKAGING,
    "tests/long/readme_start_test.ts": PACKAGING,
    "tests/long/comparison_test.ts":
      "it compares other clients with this one on Deno",
    "tests/long/workflows_test.ts": "it reads a linter from Deno's cache",
    "tests/unit/configuration_test.ts": DENO_INFO,
    "tests/integration/set_call_test.ts": PROGRAMS,
    "tests/worker/workers_option_test.ts": WORKER,
    "tests/worker/resent_request_test.ts": "it tests Deno's fetch",
    "tests/unit/layers_test.ts": DENO_INFO,
    "tests/long/harmony_prompt_test.ts": WASM,
    "tests/long/ranking_test.ts": COMPUTES,
    "tests/long/anchors_html_test.ts": BROWSER,
    "tests/long/view_in_browser_test.ts": BROWSER,
    "tests/long/viewer_access_test.ts": BROWSER,
    "tests/long/viewer_compare_test.ts": BROWSER,
    "tests/long/viewer_hostile_test.ts": BROWSER,
    "tests/long/viewer_labels_test.ts": BROWSER,
    "tests/long/viewer_numbers_test.ts": BROWSER,
    "tests/long/viewer_phone_test.ts": BROWSER,
    "tests/long/viewer_print_test.ts": BROWSER,
    "tests/long/viewer_reading_test.ts": BROWSER,
    "tests/long/viewer_set_test.ts": BROWSER,
    "tests/long/viewer_sets_test.ts": BROWSER,
    "tests/long/viewer_table_test.ts": BROWSER,
    "tests/integration/anchors_page_test.ts": PROGRAMS,
    "tests/integration/readme_test.ts": PROGRAMS,
    "tests/long/anchors_command_page_test.ts": BROWSER,
    "tests/long/built_pages_test.ts": PROGRAMS,
  },
  tests: {
    "examples/demo.ts prints the expected output": PROGRAMS,
    "examples/notebook.ipynb shows samples, a sample, and a report": PROGRAMS,
    "splitRawText() imports neither templates nor their readers": DENO_INFO,
    "LockHolder.acquire() takes over a dead holder's lock 2 s after its last heartbeat":
      LOCKS,
    "rollouts run writes the same output after two kills and reruns as without them":
      SLOW,
    "20 cuts of 100 samples, killed halfway and restarted, request each sample once":
      SLOW,
    "two randomly killed processes get every sample and repay only those in flight":
      "the other test of chaos_test.ts does the same, with more faults",
    "generate() fails immediately without --allow-net, and names the permission":
      PERMISSIONS,
    "generate() sends nothing without --allow-write, unless onCacheError is continue":
      PERMISSIONS,
    "generate() counts a corrupt file as missing when it cannot be moved":
      PERMISSIONS,
    "rollouts cache ls and verify need only permission to read the cache":
      PERMISSIONS,
    "rollouts models and key need only the documented permissions": PERMISSIONS,
    "rollouts view serves a cache until Ctrl-C, with only the documented permissions":
      PERMISSIONS,
    "WorkerPoolTransport.send() replaces a crashed worker, and returns retryable failures":
      WORKER,
    "WorkerPoolTransport.send() returns a final failure when three workers in a row crash":
      WORKER,
    "an error that nothing catches reaches stderr without control characters":
      PROGRAMS,
    "rollouts anchors, view and cache export work with a server without keys and prices":
      SQLITE,
    "stopOnInterrupt() logs through the logger of its client": SIGNAL_LISTENERS,
    "WorkerPoolTransport ends idle workers": WORKER,
  },
  oldest: {
    "tests/unit/view_index_test.ts": SQLITE,
    "tests/unit/viewer_sets_test.ts": SQLITE,
    "tests/integration/cache_view_test.ts": SQLITE,
    "tests/integration/cache_import_test.ts": SQLITE,
    "tests/integration/live_run_test.ts": SQLITE,
    "tests/integration/view_command_test.ts": SQLITE,
    "tests/integration/viewer_handler_test.ts": SQLITE,
  },
};
