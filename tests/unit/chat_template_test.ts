import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path/from-file-url";
import { loadTemplate } from "../../src/request/load_template.ts";
import {
  type TemplateName,
  templateName,
} from "../../src/request/template_name.ts";
import {
  templateText,
  templateVersion,
} from "../../src/request/template_text.ts";
import { moduleGraph, reachable } from "../support/module_graph.ts";

const NAMES: readonly TemplateName[] = [
  "gpt-oss",
  "qwen3",
  "qwen3-thinking",
  "qwq",
  "deepseek-v3",
  "deepseek-v3.1",
  "deepseek-r1",
  "deepseek-r1-0528",
];

for (const name of NAMES) {
  Deno.test(`the template of ${name} is as it was taken from its package`, async () => {
    const { text, sha256 } = await templateText(name);
    const bytes = new TextEncoder().encode(text);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    assertEquals(new Uint8Array(digest).toHex(), sha256);
  });
}

Deno.test("templates name their source, licence and tokens", async () => {
  for (const name of NAMES) {
    const { source, licence, bosToken, eosToken } = await templateText(name);
    assert(/^(@[\w-]+\/)?[\w-]+@\d+\.\d+\.\d+$/.test(source), name);
    assert(["Apache-2.0", "MIT"].includes(licence), name);
    assert(bosToken !== "" && eosToken !== "", name);
  }
});

Deno.test("templateVersion() has the digest of the template's text", () => {
  assertEquals(NAMES.map(templateVersion), [
    "gpt-oss-1-a4c9919cbbd4acdd",
    "qwen3-1-87a2728cb8dc9fe4",
    "qwen3-thinking-1-87a2728cb8dc9fe4",
    "qwq-1-87a2728cb8dc9fe4",
    "deepseek-v3-1-3b8267e54b67df65",
    "deepseek-v3.1-1-45690185067ea25c",
    "deepseek-r1-1-3b8267e54b67df65",
    "deepseek-r1-0528-1-53671bac29bcb3e1",
  ]);
});

Deno.test("loadTemplate() returns at most four stop strings", async () => {
  for (const name of NAMES) {
    const { stop, markup } = await loadTemplate(name);
    assert(stop.length <= 4);
    // Text that separates reasoning and answer must not be a stop string.
    assert(markup === "think" || !stop.includes("<|end|>"));
  }
});

Deno.test("templateName() finds the template of each supported model", () => {
  const models: [string, TemplateName][] = [
    ["openai/gpt-oss-20b", "gpt-oss"],
    ["openai/gpt-oss-120b:free", "gpt-oss"],
    ["qwen/qwen3-30b-a3b", "qwen3"],
    ["qwen/qwen3-32b-04-28", "qwen3"],
    ["Qwen/Qwen3-0.6B", "qwen3"],
    ["qwen3-8b", "qwen3"],
    ["qwen/qwen3-235b-a22b-thinking-2507", "qwen3-thinking"],
    ["qwen/qwen3-next-80b-a3b-thinking", "qwen3-thinking"],
    ["qwen/qwq-32b", "qwq"],
    ["deepseek/deepseek-chat", "deepseek-v3"],
    ["deepseek/deepseek-chat-v3-0324:free", "deepseek-v3"],
    ["deepseek-ai/DeepSeek-V3", "deepseek-v3"],
    ["deepseek/deepseek-chat-v3.1", "deepseek-v3.1"],
    ["deepseek/deepseek-v3.1-terminus:exacto", "deepseek-v3.1"],
    ["deepseek/deepseek-r1", "deepseek-r1"],
    ["deepseek/deepseek-r1-distill-llama-70b", "deepseek-r1"],
    ["deepseek/deepseek-r1-distill-qwen-1.5b", "deepseek-r1"],
    ["deepseek/deepseek-r1-0528", "deepseek-r1-0528"],
    ["deepseek/deepseek-r1-0528-qwen3-8b:free", "deepseek-r1-0528"],
  ];
  for (const [model, name] of models) {
    assertEquals(templateName(model), name, model);
  }
});

Deno.test("templateName() returns no template for models that may use another one", () => {
  for (
    const model of [
      "",
      "openai/gpt-4o",
      "openai/gpt-oss-safeguard-20b",
      "anthropic/claude-sonnet-4",
      "meta-llama/llama-3.1-8b-instruct",
      "qwen/qwen3-coder",
      "qwen/qwen3-max",
      "qwen/qwen3-vl-8b-thinking",
      "qwen/qwen3-235b-a22b-2507",
      "qwen/qwq-32b-preview",
      "qwen/qwen-2.5-72b-instruct",
      "someone/qwen3-32b-tuned",
      "deepseek-chat",
      "deepseek/deepseek-v3.2",
      "deepseek/deepseek-v3.1-base",
      "tngtech/deepseek-r1t-chimera",
    ]
  ) assertEquals(templateName(model), null, model);
});

Deno.test("splitRawText() imports neither templates nor their readers", async () => {
  const url = new URL(
    "../../src/completion/split_raw_text.ts",
    import.meta.url,
  );
  const graph = await moduleGraph(fromFileUrl(url));
  const files = [...reachable(graph, "src/completion/split_raw_text.ts")];
  assert(files.includes("src/completion/split_harmony.ts"));
  assertEquals(files.filter((file) => /template/.test(file)), []);
});
