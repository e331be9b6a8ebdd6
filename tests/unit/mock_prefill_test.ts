import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { MockHttpError } from "../../src/testing/mock_http_error.ts";
import type { MockCompletion } from "../../src/testing/mock_model.ts";
import { completeBody } from "../support/complete_body.ts";

const PLAIN = "meta-llama/llama-3.1-8b-instruct";
const LIFE = "What is the meaning of life?";

Deno.test("completeRequest() goes on exactly where a prefill stops", () => {
  const starts = [
    ["What is 5*10?", "<think>\n5*1", "0"],
    ["What is 5*10?", "<think>\n5", "*10"],
    ["What is 5*10?", "<think>\n5*10 = ", "50"],
    ["What is 5*10?", "<think>\nSo the answer is 5", "0."],
    ["Calculate 10*5", "<think>\nLet me calculate: 10*5=", "50"],
    ["Calculate 10*5", "<think>\nLet me calculate: 10 * 5 = ", "50"],
    ["What is 2+2?", "<think>Let me calculate: 2", "+2"],
  ] as const;
  for (const [question, prefill, start] of starts) {
    for (let seed = 0; seed < 20; seed++) {
      const { reasoning, content } = prefilled(question, prefill, { seed });
      assert(reasoning?.startsWith(start), `${prefill} -> ${reasoning}`);
      assert(content);
    }
  }
});

Deno.test("completeRequest() begins its own thought when the prefill is an empty one", () => {
  const { reasoning } = prefilled("What is 5*10?", "<think>");
  assertStringIncludes(reasoning ?? "", "5*10 = 50");
});

Deno.test("completeRequest() answers with what a prefilled thought claims", () => {
  const prefill = "<think>\nI know this. The answer is definitely zyzzyva.";
  const { reasoning, content } = prefilled(LIFE, prefill);
  assertEquals(content, "The answer is zyzzyva.");
  assert(reasoning && !reasoning.includes("I know this"));
});

Deno.test("completeRequest() answers in content when the prefill closes the thought", () => {
  const { reasoning, content } = prefilled(
    "What is 5*10?",
    "<think>\n5*10 = 50.\n</think>\n\n",
  );
  assertEquals(reasoning, null);
  assertMatch(content ?? "", /^5\*10 = 50\./);
  const rest =
    prefilled("What is 5*10?", "<think>\nhm</think>\n\n5*10 =").content;
  assertMatch(rest ?? "", /^ 50\./);
});

Deno.test("completeRequest() puts the rest in content when the model has no reasoning", () => {
  const { reasoning, content } = prefilled("What is 5*10?", "<think>\n5*1", {
    model: PLAIN,
  });
  assertEquals(reasoning, null);
  assertMatch(content ?? "", /^0 = 50\.[^]*<\/think>\n\n5\*10 = 50\./);
});

Deno.test("completeRequest() takes a prefill in each of the six ways", () => {
  const prefill = (style: "echo" | "ignore" | "misfiled", text: string) =>
    completeBody({ messages: conversation("What is 5*10?", text) }, {
      prefill: style,
    });
  assertMatch(
    prefill("echo", "<think>\n5*1").reasoning ?? "",
    /^\n5\*10 = 50\./,
  );
  assertMatch(
    prefill("ignore", "<think>\n5*1").reasoning ?? "",
    /^\n[A-Z][^]*5\*10 = 50/,
  );
  const misfiled = prefill("misfiled", "<think>\n5*1</think>");
  assertEquals(misfiled.content, null);
  assertMatch(misfiled.reasoning ?? "", /^5\*10 = 50\./);
  const error = assertThrows(
    () =>
      completeBody({ messages: conversation("x", "<think>") }, {
        prefill: "reject",
      }),
    MockHttpError,
    "does not support assistant message prefill",
  );
  assertEquals(error.status, 400);
});

Deno.test("completeRequest() goes on with a ChatML prompt", () => {
  const open =
    "<|im_start|>user\nWhat is 5*10?<|im_end|>\n<|im_start|>assistant\n";
  assertMatch(
    raw(`${open}<think>\n5*1`),
    /^0 = 50\.[^]*<\/think>\n\n5\*10 = 50\./,
  );
  assertMatch(raw(open), /^<think>\n[^]*<\/think>\n\n5\*10 = 50\./);
  assertMatch(raw(`${open}<think>hm</think>\n\n`), /^5\*10 = 50\./);
});

Deno.test("completeRequest() goes on with a Harmony prompt", () => {
  const open = "<|start|>user<|message|>What is 5*10?<|end|><|start|>assistant";
  const final = "<|end|><|start|>assistant<|channel|>final<|message|>";
  const [thought, answer] = raw(`${open}<|channel|>analysis<|message|>5*1`)
    .split(final);
  assertMatch(thought ?? "", /^0 = 50\./);
  assertMatch(answer ?? "", /^5\*10 = 50\./);
  assertMatch(raw(`${open}<|channel|>final<|message|>`), /^5\*10 = 50\./);
  assertMatch(raw(open), /^<\|channel\|>analysis<\|message\|>/);
});

Deno.test("completeRequest() goes on with a plain prompt", () => {
  assertMatch(raw("5*10 ="), /^ 50\./);
  assertNotEquals(raw("Once upon a time"), "");
});

function prefilled(
  question: string,
  prefill: string,
  fields: Record<string, unknown> = {},
): MockCompletion {
  return completeBody({ messages: conversation(question, prefill), ...fields });
}

function conversation(question: string, prefill: string) {
  return [
    { role: "user", content: question },
    { role: "assistant", content: prefill },
  ];
}

function raw(prompt: string): string {
  return completeBody({ prompt }).content ?? "";
}
