import { assertEquals, assertThrows } from "@std/assert";
import type { Prompt } from "../../mod.ts";
import { buildRequest } from "../../src/request/build_request.ts";
import { OPENROUTER_BASE_URL } from "../../src/openrouter_url.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import { renderTemplate } from "../../src/request/render_template.ts";
import { prepareRequests } from "../../src/request/prepare_requests.ts";
import { resolveBaseUrl } from "../../src/request/resolve_base_url.ts";

const SETTINGS = resolveOptions({ model: "qwen/qwq-32b", topP: 1 });

function plan(prompt: unknown, baseUrl = OPENROUTER_BASE_URL) {
  return buildRequest(prompt as Prompt, SETTINGS, resolveBaseUrl(baseUrl));
}

Deno.test("prepareRequests() creates one request per seed, with the key only in a header", async () => {
  const planned = plan("Hi");
  const sent = await renderTemplate(planned, SETTINGS);
  const request = prepareRequests(sent, SETTINGS, { apiKey: "sk-x" });
  const { body, headers, url } = request(7, null);
  assertEquals(JSON.parse(body), {
    model: "qwen/qwq-32b",
    messages: [{ role: "user", content: "Hi" }],
    temperature: 0.7,
    top_p: 1,
    max_tokens: 4096,
    seed: 7,
  });
  assertEquals(headers.Authorization, "Bearer sk-x");
  assertEquals(headers["X-OpenRouter-Cache"], "false");
  assertEquals(headers["X-OpenRouter-Metadata"], "enabled");
  assertEquals(url, `${OPENROUTER_BASE_URL}/chat/completions`);
  assertEquals(planned.otherEndpoint, null);
});

Deno.test("resolveBaseUrl() ignores trailing slashes", () => {
  assertEquals(plan("Hi", `${OPENROUTER_BASE_URL}//`).otherEndpoint, null);
  assertEquals(
    plan("Hi", "http://127.0.0.1:1/v1/").otherEndpoint,
    "http://127.0.0.1:1/v1/chat/completions",
  );
});

Deno.test("buildRequest() copies the caller's values", () => {
  const messages = [{ role: "user", content: "Hi" }];
  const { body, prompt } = plan(messages);
  messages[0]!.content = "Bye";
  assertEquals(body.messages, [{ role: "user", content: "Hi" }]);
  assertEquals(prompt as unknown, [{ role: "user", content: "Hi" }]);
});

Deno.test("buildRequest() throws an explanation when the prompt is invalid", () => {
  const cases: [unknown, string][] = [
    [undefined, "got undefined"],
    [7, "got number"],
    [[], "got an empty list"],
    [{ role: "user" }, "got object"],
    [["Hi"], "prompt[0] must be a message with a role"],
    [[{ role: "user", content: "a" }, null], "prompt[1]"],
    ["\ud800", "well-formed"],
    [[{ role: "user", content: 1n }], "serializable as JSON"],
  ];
  for (const [prompt, message] of cases) {
    assertThrows(() => plan(prompt), TypeError, message);
  }
});
