import { assert, assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { relative } from "@std/path/relative";
import { moduleGraph, reachable } from "../support/module_graph.ts";
import { ROOT } from "../support/run_script.ts";

/** Files that only compute: they reach each other, errors, and nothing that waits, reads or writes. */
const PURE = [
  /^src\/thinking\//,
  /^src\/resampling\/(accuracy|accuracy_difference|adjusted_p_values|anchored_sentences|anchors_report|answer_distribution|answer_text|bootstrap_interval|continuation_calls|cosine_similarity|counterfactual_answers|counterfactual_importance|cut_thought|expression_value|extract_answer|kl_divergence|last_boxed|last_choice|permutation_p_value|protected_spans|rank_sentences|resampling_importance|sentence_end|split_sentences)\.ts$/,
  /^src\/archive\/archived_entry\.ts$/,
  /^src\/cache\/(cache_error|cache_key|entry|entry_texts|python_json|sample_file_name)\.ts$/,
  /^src\/openrouter\/(api_failure|api_types|catalogue_entries|http_answer|is_api_key|price_list|is_http_address|read_answer|request_body|request_headers|response_data|retry_after)\.ts$/,
  /^src\/dispatch\/(aimd_limit|attempt_cost|attempt_error|lesson|protocol|rate_window|refused_for_money|retry_policy)\.ts$/,
  /^src\/queue\/(attempt_job|is_queue_address|outcome_name|require_queue_address)\.ts$/,
  /^src\/viewer\/(find_terms|histogram_bin|match_expression|packed_head|parse_query|place_names|prompt_text|sample_head|sample_texts|search_excerpt|search_words|set_summary|view_data)\.ts$/,
  /^src\/call\/plan_prompt\.ts$/,
  /^src\/(errors|json_object|options|sha256_hex|resolve_options|response|rollouts|sampling_options|sampling_plan)\.ts$/,
];

/** Where the runtime's own names may stand. */
const RUNTIME = [
  /^src\/runtime\//,
  /^workers\//,
];

const graph = new Map([
  ...await moduleGraph("mod.ts"),
  ...await moduleGraph("src/cli/main.ts"),
  ...await moduleGraph("src/queue/mod.ts"),
  // The client loads it by a computed address.
  ...await moduleGraph("src/queue/queue_outlet.ts"),
  ...await moduleGraph("src/resampling/mod.ts"),
  ...await moduleGraph("src/testing/mod.ts"),
  ...await moduleGraph("workers/openrouter.ts"),
]);

/** Files that `from` reaches though it should not. */
function forbidden(from: string, patterns: readonly RegExp[]): string[] {
  return [...reachable(graph, from)].filter((file) => file !== from)
    .filter((file) => matches(file, patterns));
}

function matches(file: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(file));
}

Deno.test("every file of src and workers is reached by an entry point", () => {
  const files = ["src", "workers"].flatMap((folder) =>
    [...walkSync(join(ROOT, folder), { includeDirs: false })]
      .map(({ path }) => relative(ROOT, path).replaceAll("\\", "/"))
  );
  assertEquals(files.filter((file) => !graph.has(file)), []);
});

Deno.test("no file reaches itself", () => {
  for (const [file, imports] of graph) {
    const back = [...imports].filter((path) =>
      reachable(graph, path).has(file)
    );
    assertEquals(back, [], file);
  }
});

Deno.test("pure files import only pure files", () => {
  const pure = [...graph.keys()].filter((file) => matches(file, PURE));
  assert(pure.length > 15);
  for (const file of pure) {
    const impure = [...graph.get(file)!].filter((path) => !matches(path, PURE));
    assertEquals(impure, [], file);
  }
});

Deno.test("workers never reach cache, pool or client", () => {
  assertEquals(
    forbidden("workers/openrouter.ts", [
      /^src\/cache\//,
      /worker_pool/,
      /client/,
    ]),
    [],
  );
});

Deno.test("cache, token bucket and pool never reach each other", () => {
  const parts = [/^src\/cache\//, /token_bucket/, /worker_pool/];
  for (const part of parts) {
    const others = parts.filter((other) => other !== part);
    for (const file of graph.keys()) {
      if (part.test(file)) assertEquals(forbidden(file, others), [], file);
    }
  }
});

Deno.test("Deno and process stand only in runtime and workers", () => {
  for (const file of graph.keys()) {
    if (matches(file, RUNTIME)) continue;
    const code = Deno.readTextFileSync(join(ROOT, file))
      .replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "");
    assert(!/\b(Deno|process)\./.test(code), file);
  }
});

Deno.test("the CLI uses the public API", () => {
  const allowed = [
    // For the version, which stands nowhere else.
    /^deno\.json$/,
    /^mod\.ts$/,
    /^src\/resampling\/mod\.ts$/,
    /^src\/cli\//,
    /^src\/testing\/mod\.ts$/,
    /^src\/queue\/mod\.ts$/,
    /^src\/report\/anchors_html\.ts$/,
    /^src\/runtime\//,
    /^src\/viewer\/mod\.ts$/,
  ];
  for (const [file, imports] of graph) {
    if (!file.startsWith("src/cli/")) continue;
    const others = [...imports].filter((path) => !matches(path, allowed));
    assertEquals(others, [], file);
  }
});

Deno.test("the viewer uses the public API", () => {
  const allowed = [
    /^mod\.ts$/,
    /^src\/resampling\/mod\.ts$/,
    /^src\/report\/(data_block|page_policy)\.ts$/,
    /^src\/sha256_hex\.ts$/,
    /^src\/runtime\//,
    /^src\/viewer\//,
  ];
  for (const [file, imports] of graph) {
    if (!file.startsWith("src/viewer/")) continue;
    const others = [...imports].filter((path) => !matches(path, allowed));
    assertEquals(others, [], file);
  }
});

Deno.test("mod.ts reaches none of CLI, report, viewer and testing", () => {
  assertEquals(
    forbidden("mod.ts", [/^src\/(cli|report|viewer|testing)\//]),
    [],
  );
});

Deno.test("mod.ts reaches nothing of a queue but the types of its options", () => {
  const queue = [...reachable(graph, "mod.ts")]
    .filter((file) => file.startsWith("src/queue/"));
  assertEquals(queue, ["src/queue/is_queue_address.ts"]);
});

Deno.test("the report reaches nothing but itself, and the types of what it shows", async () => {
  const report = await moduleGraph("src/report/anchors_html.ts");
  const others = [...report.keys()].filter((file) =>
    !matches(file, [/^src\/report\//, /^src\/resampling\/anchors_report\.ts$/])
  );
  assertEquals(others, []);
});

Deno.test("only the client joins cache and dispatch", () => {
  for (const file of graph.keys()) {
    const found = reachable(graph, file);
    const joins = found.has("src/cache/directory_store.ts") &&
      found.has("src/dispatch/worker_pool.ts");
    const may = /^(mod|src\/client|src\/client_core|src\/(cli|viewer)\/.*)\.ts$/
      .test(
        file,
      );
    assert(!joins || may, file);
  }
});
