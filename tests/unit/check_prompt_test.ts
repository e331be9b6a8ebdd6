import { assertEquals, assertThrows } from "@std/assert";
import type { AllOptions } from "../../src/options/options.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import { checkPrompt } from "../../src/request/check_prompt.ts";

const CLIENT = { model: "qwen/qwen3-30b-a3b" };

function message(fields: Readonly<Record<string, unknown>>) {
  return [{ role: "user", content: "Hi" }, { role: "user", ...fields }];
}

Deno.test("checkPrompt() reports the position of an invalid message", () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [
      message({ content: 7 }),
      "prompt[1].content must be a string or a list of parts, got 7",
    ],
    [message({ content: true }), "prompt[1].content must be"],
    [message({ content: {} }), "prompt[1].content must be"],
    [message({ content: ["text"] }), "prompt[1].content[0] must be a part"],
    [message({ content: [{ text: "x" }] }), "prompt[1].content[0] must be"],
    [
      message({ role: "robot" }),
      'prompt[1].role must be one of system, developer, user, assistant, tool, got "robot"',
    ],
    [message({ role: "User" }), "prompt[1].role must be one of"],
    [
      message({ content: "a\ud800" }),
      "prompt[1] must be serializable as JSON: it contains a lone surrogate",
    ],
    [
      message({ content: [{ type: "text", text: "\udc00" }] }),
      "lone surrogate",
    ],
    [message({ "\ud800": 1, content: "" }), "lone surrogate"],
    [message({ content: "a", n: 1n }), "the BigInt 1n"],
    [message({ content: "a", n: NaN }), "the number NaN"],
    ["a\ud800", "well-formed"],
  ];
  for (const [prompt, reason] of wrong) {
    assertThrows(() => checkPrompt(prompt), TypeError, reason);
  }
  checkPrompt(message({ content: null, tool_calls: [] }));
  checkPrompt(message({ role: "tool", content: [] }));
  checkPrompt("🥧");
});

Deno.test("resolveOptions() names an option that JSON cannot represent", () => {
  const wrong: readonly (readonly [Partial<AllOptions>, string])[] = [
    [
      { extraBody: { x: 1n } },
      "extraBody must be serializable as JSON, without the BigInt 1n",
    ],
    [
      { extraBody: { a: ["\ud800"] } },
      "extraBody must be serializable as JSON, without a lone surrogate",
    ],
    [{ extraBody: { x: Infinity } }, "extraBody must be serializable"],
    [{ stop: "\udc00" }, "stop must be serializable as JSON"],
    [{ model: "a/\ud800" }, "model must be serializable as JSON"],
    [
      { requestsPerMinute: 1e-300 },
      "requestsPerMinute must be a number from 0.001",
    ],
    [
      { requestsPerMinute: 1e300 },
      "requestsPerMinute must be a number from 0.001",
    ],
  ];
  for (const [options, reason] of wrong) {
    assertThrows(() => resolveOptions(CLIENT, options), Error, reason);
  }
  const settings = resolveOptions(CLIENT, { requestsPerMinute: 0.01 });
  assertEquals(settings.requestsPerMinute, 0.01);
});
