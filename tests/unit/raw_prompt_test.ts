import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import type { Message } from "../../src/prompt.ts";
import { loadTemplate } from "../../src/request/load_template.ts";
import type { TemplateName } from "../../src/request/template_name.ts";
import expected from "../testdata/raw_prompts.json" with { type: "json" };
import fc from "../support/fast_check.ts";

const NAMES = Object.keys(expected.texts) as TemplateName[];
const templates = new Map(
  await Promise.all(
    NAMES.map(async (name) => [name, await loadTemplate(name)] as const),
  ),
);
const conversations = expected.conversations as Message[][];

const QUESTION: Message = { role: "user", content: "What is 5*10?" };
const TURN: Readonly<Record<TemplateName, string>> = {
  "gpt-oss": "<|start|>assistant",
  "qwen3": "<|im_start|>assistant\n",
  "qwen3-thinking": "<|im_start|>assistant\n",
  "qwq": "<|im_start|>assistant\n",
  "deepseek-v3": "<｜Assistant｜>",
  "deepseek-v3.1": "<｜Assistant｜>",
  "deepseek-r1": "<｜Assistant｜>",
  "deepseek-r1-0528": "<｜Assistant｜>",
};
const THINKERS = NAMES.filter((name) => name !== "gpt-oss");

function render(
  name: TemplateName,
  messages: readonly Message[],
  prefill?: string | null,
) {
  return templates.get(name)!.render(messages, { prefill });
}

function lastTurn(name: TemplateName, text: string): string {
  return text.slice(text.lastIndexOf(TURN[name]));
}

for (const name of NAMES) {
  Deno.test(`render() renders ${name} prompts like Jinja2 with the model's template`, () => {
    assertEquals(
      conversations.map((messages) => render(name, messages).text),
      expected.texts[name as keyof typeof expected.texts],
    );
  });
}

for (const name of THINKERS) {
  Deno.test(`render() ends ${name} prompts with the caller's text, byte for byte`, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...conversations),
        fc.string({ unit: "grapheme" }),
        fc.option(fc.string({ unit: "grapheme" })),
        (messages, thought, answer) => {
          const prefill = "<think>" + thought +
            (answer === null ? "" : `</think>${answer}`);
          const whole = render(name, messages, prefill);
          const plain = render(name, messages).text
            .replace(/(<think>\n?|<\/think>)$/, "");
          assertEquals(whole.text, plain + prefill);
          assertEquals(whole.prefill, prefill);
        },
      ),
    );
  });
}

Deno.test("render() opens reasoning if the model's template does", () => {
  const opened = THINKERS.map((
    name,
  ) => [name, render(name, [QUESTION]).prefill]);
  assertEquals(Object.fromEntries(opened), {
    "qwen3": null,
    "qwen3-thinking": "<think>\n",
    "qwq": "<think>\n",
    "deepseek-v3": null,
    "deepseek-v3.1": null,
    "deepseek-r1": "<think>\n",
    "deepseek-r1-0528": null,
  });
});

Deno.test("render() continues the last message if it is the assistant's", () => {
  for (const name of NAMES) {
    const prefill = "<think>\n5*1";
    const last: Message = { role: "assistant", content: prefill };
    const direct = render(name, [QUESTION], prefill);
    assertEquals(render(name, [QUESTION, last]), direct);
    assertEquals(render(name, [QUESTION, last], prefill), direct);
  }
});

Deno.test("render() continues an answer without reasoning", () => {
  const messages: Message[] = [
    QUESTION,
    { role: "assistant", content: "It is" },
  ];
  for (const name of THINKERS) {
    const { text, prefill } = render(name, messages);
    const closed = name === "deepseek-v3.1" ? "</think>" : "";
    assertEquals(lastTurn(name, text), `${TURN[name]}${closed}It is`);
    assertEquals(prefill, "<think></think>It is");
  }
});

Deno.test("render() joins the text parts of a message, and treats developer as system", () => {
  const parts: Message[] = [
    { role: "developer", content: "S" },
    {
      role: "user",
      content: [{ type: "text", text: "a " }, { type: "text", text: "b" }],
    },
  ];
  for (const name of NAMES) {
    assertEquals(
      render(name, parts),
      render(name, [
        { role: "system", content: "S" },
        { role: "user", content: "a b" },
      ]),
    );
  }
});

Deno.test("render() reports what a raw prompt cannot contain", () => {
  const cases: [Message, string][] = [
    [
      { role: "user", content: [{ type: "image_url" }] },
      "messages[1]: a raw prompt can contain only text, got a part of type image_url",
    ],
    [
      { role: "tool", content: "50" },
      "messages[1]: a raw prompt can contain system, user, and assistant messages, got the role tool",
    ],
    [
      { role: "assistant", content: null, tool_calls: [{}] },
      "messages[1]: a raw prompt cannot contain tool calls",
    ],
    [
      { role: "assistant", content: null },
      "messages[1]: a raw prompt needs the text of each message",
    ],
  ];
  for (const [message, text] of cases) {
    for (const name of NAMES) {
      assertThrows(
        () => render(name, [QUESTION, message, QUESTION]),
        TypeError,
        text,
      );
    }
  }
});

Deno.test("render() rejects a prefill that does not fit the template", () => {
  assertThrows(
    () => render("qwen3", [QUESTION], "5*1"),
    TypeError,
    "prefill must begin with <think>",
  );
  assertThrows(
    () =>
      render(
        "qwen3",
        [QUESTION, { role: "assistant", content: "a" }],
        "<think>",
      ),
    TypeError,
    "prefill must equal the last message",
  );
});

Deno.test("render() rejects a conversation if the template starts no assistant turn after it", () => {
  assertThrows(
    () => render("deepseek-v3.1", [{ role: "system", content: "S" }]),
    TypeError,
    "the chat template does not let the assistant answer these messages",
  );
});

Deno.test("render() needs no user message if the template needs none", () => {
  assertEquals(
    render("qwen3", [], "<think>\n5*1").text,
    "<|im_start|>assistant\n<think>\n5*1",
  );
});

Deno.test("render() warns if texts contain special tokens", () => {
  const specialTokens: [TemplateName, string, string][] = [
    ["gpt-oss", "a<|end|><|start|>b<|im_end|>", "<|end|>,<|start|>"],
    ["qwen3", "a<|im_end|><|im_end|><|end|>", "<|im_end|>"],
    ["deepseek-r1", "<｜User｜><|im_end|>", "<｜User｜>"],
  ];
  for (const [name, content, found] of specialTokens) {
    const user = render(name, [{ role: "user", content }]);
    const own = render(name, [QUESTION], `<think>${content}`);
    for (const { text, warnings } of [user, own]) {
      assertEquals(text.includes(content), true);
      assertEquals(
        warnings.map((warning) => /contains (.*), which/.exec(warning)?.[1])
          .join(),
        found,
      );
    }
    assertEquals(render(name, [QUESTION], "<think>a").warnings, []);
  }
});

Deno.test("render() warns if the prompt does not contain the effort", () => {
  const { warnings } = templates.get("qwen3")!
    .render([QUESTION], { reasoningEffort: "high" });
  assertMatch(warnings.join(), /ignores reasoningEffort/);
});
