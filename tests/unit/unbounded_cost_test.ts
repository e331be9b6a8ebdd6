import { assertEquals, assertStringIncludes } from "@std/assert";
import { findUnboundedCost } from "../../src/catalog/unbounded_cost.ts";

/** A request with one part next to a text. */
function withPart(part: Readonly<Record<string, unknown>>) {
  const content = [{ type: "text", text: "What is it?" }, part];
  return { model: "a/model", messages: [{ role: "user", content }] };
}

const PNG = "data:image/png;base64,iVBORw0KGgo=";

Deno.test("findUnboundedCost() explains why a request has no bound", () => {
  const cases = {
    "a/model:online searches the web": { model: "a/model:online" },
    "b/model:online searches the web": {
      model: "a/model",
      models: ["b/model:online"],
    },
    "@preset/mine is a preset": { model: "@preset/mine" },
    "preset": { model: "a/model", preset: "mine" },
    "the plugin web": { plugins: [{ id: "web", max_results: 3 }] },
    "the plugin file-parser": { plugins: [{ id: "file-parser" }] },
    "the tool openrouter:web_search": {
      tools: [{ type: "openrouter:web_search" }],
    },
    "searches the web": { web_search_options: {} },
    "output of image": { modalities: ["text", "image"] },
    "the service tier priority": { service_tier: "priority" },
    "an image by URL": withPart({
      type: "image_url",
      image_url: { url: "https://example.com/a.png" },
    }),
    "a part of type file": withPart({ type: "file", file: { file_data: "x" } }),
    "a part of type input_audio": withPart({
      type: "input_audio",
      input_audio: { data: "https://example.com/a.wav", format: "wav" },
    }),
    "a part of type video_url": withPart({
      type: "video_url",
      video_url: { url: "https://example.com/a.mp4" },
    }),
  };
  for (const [reason, fields] of Object.entries(cases)) {
    const found = findUnboundedCost({ model: "a/model", ...fields });
    assertStringIncludes(found ?? "null", reason);
  }
});

Deno.test("findUnboundedCost() is null if the request is bounded", () => {
  const bounded = [
    {},
    { model: "a/model:nitro", models: ["b/model:free"] },
    { plugins: [{ id: "context-compression", enabled: false }] },
    { plugins: [{ id: "web", enabled: false }] },
    { tools: [{ type: "function", function: { name: "add" } }] },
    { service_tier: "flex", modalities: ["text"] },
    withPart({ type: "image_url", image_url: { url: PNG } }),
    withPart({
      type: "input_audio",
      input_audio: { data: "UklGRg==", format: "wav" },
    }),
  ];
  for (const fields of bounded) {
    assertEquals(findUnboundedCost({ model: "a/model", ...fields }), null);
  }
});
