import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { HttpError } from "../../src/testing/http_error.ts";
import type { Completion } from "../../src/testing/complete_request.ts";
import type { PrefillBehavior } from "../../src/testing/mod.ts";
import { completeBody } from "../support/complete_body.ts";

const PLAIN = "meta-llama/llama-3.1-8b-instruct";
const LIFE = "What is the meaning of life?";

/** Prefills whose continuation must have the word zanzibar in its answer. */
const CLAIMS = [
  "<think>\n… so the answer must be zanzibar. The answer is",
  "<think>\nI am sure: the answer is *zanzibar*, and nothing else.",
  '<think>\nThe secret word is "zanzibar", and I have to end my answer with it.',
  "<think>\nI have to end my answer with the word zanzibar.</think>\n\n",
  "<think>\nI will begin my next sentence with the word zanzibar.\n</think>",
];

Deno.test("completeRequest() continues exactly where a prefill stops", () => {
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

Deno.test("completeRequest() completes a repeated word that a prefill breaks off", () => {
  const prefill =
    "<think>\nThe word is zanzibar, again zanzibar. Once more: zanz";
  for (let seed = 0; seed < 5; seed++) {
    const { reasoning } = prefilled(LIFE, prefill, { seed });
    assertMatch(reasoning ?? "", /^ibar\b/);
  }
});

Deno.test("completeRequest() starts reasoning when the prefill's reasoning is empty", () => {
  const { reasoning } = prefilled("What is 5*10?", "<think>");
  assertStringIncludes(reasoning ?? "", "5*10 = 50");
});

Deno.test("completeRequest() answers with what the prefill's reasoning claims", () => {
  const prefill = "<think>\nI know this. The answer is definitely zyzzyva.";
  const { reasoning, content } = prefilled(LIFE, prefill);
  assertEquals(content, "The answer is zyzzyva.");
  assert(reasoning && !reasoning.includes("I know this"));
});

Deno.test("completeRequest() writes content when the prefill closes its reasoning", () => {
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

Deno.test("completeRequest() continues reasoning in the content when the model has none", () => {
  const { reasoning, content } = prefilled("What is 5*10?", "<think>\n5*1", {
    model: PLAIN,
  });
  assertEquals(reasoning, null);
  assertMatch(content ?? "", /^0 = 50\.[^]*<\/think>\n\n5\*10 = 50\./);
});

Deno.test("completeRequest() continues open reasoning as each provider does", () => {
  const { reasoning, content } = completeWith("reasoning", "<think>\n5*1");
  assert(reasoning?.startsWith("0 = 50.") && content?.startsWith("5*10 = 50."));
  const inContent = `${reasoning}</think>\n\n${content}`;
  const behaviors = [
    ["content", null, inContent],
    ["echo", `\n5*1${reasoning}`, content],
    ["echo_content", null, `\n5*1${inContent}`],
    ["echo_prefill", null, `<think>\n5*1${inContent}`],
    ["misfiled", reasoning, content],
    ["hidden", null, content],
  ] as const;
  for (const [behavior, ...texts] of behaviors) {
    const answer = completeWith(behavior, "<think>\n5*1");
    assertEquals([answer.reasoning, answer.content], texts, behavior);
  }
});

Deno.test("completeRequest() continues closed reasoning as each provider does", () => {
  const prefill = "<think>\n5*10 = 50.</think>\n";
  const { reasoning, content } = completeWith("reasoning", prefill);
  assert(reasoning === null && content?.startsWith("5*10 = 50."));
  const behaviors = [
    ["content", null, content],
    ["echo", null, content],
    ["echo_content", null, `\n5*10 = 50.</think>\n${content}`],
    ["echo_prefill", null, prefill + content],
    ["misfiled", content, null],
    ["hidden", null, content],
  ] as const;
  for (const [behavior, ...texts] of behaviors) {
    const answer = completeWith(behavior, prefill);
    assertEquals([answer.reasoning, answer.content], texts, behavior);
  }
});

Deno.test("completeRequest() starts over when the provider ignores the prefill", () => {
  const restarted = completeWith("ignore", "<think>\n5*1");
  assertMatch(restarted.reasoning ?? "", /^\n[A-Z][^]*5\*10 = 50/);
  const answered = completeWith("answer", "<think>\n5*1");
  assertEquals([answered.reasoning, answered.reasoningTokens], [null, 0]);
  assertEquals(answered.content, restarted.content);
});

Deno.test("completeRequest() throws when the provider rejects the prefill", () => {
  const error = assertThrows(
    () => completeWith("reject", "<think>"),
    HttpError,
    "does not support assistant message prefill",
  );
  assertEquals(error.status, 400);
});

Deno.test("completeRequest() continues for half of the seeds when the behavior is mixed", () => {
  const continues = Array.from({ length: 1000 }, (_, seed) => {
    const texts = (["mixed", "reasoning", "ignore"] as const).map((behavior) =>
      completeWith(behavior, "<think>\n5*1", { seed }).reasoning
    );
    assert(texts.lastIndexOf(texts[0]!) > 0);
    return texts[0] === texts[1];
  });
  const share = continues.filter(Boolean).length / continues.length;
  assert(share > 0.45 && share < 0.55, `${share}`);
  assertEquals(new Set(continues.slice(0, 4)).size, 2);
});

Deno.test("completeRequest() counts hidden reasoning but not an echo", () => {
  const tokens = completeWith("reasoning", "<think>\n5*1");
  const counts = ({ completionTokens, reasoningTokens }: Completion) => [
    completionTokens,
    reasoningTokens,
  ];
  assertEquals(counts(completeWith("hidden", "<think>\n5*1")), counts(tokens));
  assertEquals(counts(completeWith("echo", "<think>\n5*1")), counts(tokens));
  const cut = completeWith("echo_prefill", "<think>\n5*1", { max_tokens: 1 });
  assertEquals(cut.content, "<think>\n5*10");
  assertEquals(cut.completionTokens, 1);
});

Deno.test("completeRequest() counts reasoning when the model hides it", () => {
  for (const model of ["openai/o4-mini", "google/gemini-2.5-flash"]) {
    const { reasoning, content, reasoningTokens } = prefilled(
      "What is 5*10?",
      "<think>\nThe answer must be zanzibar.",
      { model, reasoning: { enabled: true } },
    );
    assertEquals(reasoning, null);
    assert(reasoningTokens > 0 && content?.startsWith("5*10 = 50."));
  }
});

Deno.test("completeRequest() uses the claimed word only when it continues the prefill", () => {
  const word = /zanzibar/i;
  for (const question of [LIFE, "What is 5*10?"]) {
    for (const prefill of CLAIMS) {
      for (let seed = 0; seed < 5; seed++) {
        for (
          const behavior of ["reasoning", "echo_content", "hidden"] as const
        ) {
          const { content } = completeWith(
            behavior,
            prefill,
            { seed },
            question,
          );
          assertMatch(content ?? "", word, `${behavior}: ${prefill}`);
        }
        for (const behavior of ["ignore", "answer"] as const) {
          const { reasoning, content } = completeWith(
            behavior,
            prefill,
            { seed },
            question,
          );
          assert(!word.test(`${reasoning}${content}`));
        }
      }
    }
  }
});

Deno.test("completeRequest() ignores reasoning inside the question", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { reasoning, content } = completeBody({
      messages: [{ role: "user", content: `${LIFE}\n${CLAIMS[2]}` }],
      seed,
    });
    assert(!/zanzibar/i.test(`${reasoning}${content}`));
  }
});

Deno.test("completeRequest() continues with the claimed word when the prefill leads to it", () => {
  const starts = [
    ["so the answer must be zanzibar. The answer is", " zanzibar."],
    ["so the answer must be zanzibar.", " So the answer is zanzibar."],
    ["so the answer must be zanzibar", ". So the answer is zanzibar."],
    ['I begin my next sentence with the word "zanzibar"', ". Zanzibar:"],
    ["I will begin my next sentence with zanzibar.", " Zanzibar:"],
  ] as const;
  for (const question of [LIFE, "What is 5*10?"]) {
    for (const [prefill, start] of starts) {
      const { reasoning } = prefilled(question, `<think>\n${prefill}`);
      assert(reasoning?.startsWith(start), `${prefill} -> ${reasoning}`);
    }
  }
});

Deno.test("completeRequest() uses the claimed word when a prefilled answer claims it", () => {
  const says = (text: string) =>
    prefilled(LIFE, text, { model: PLAIN }).content ?? "";
  assertEquals(
    says("The answer must be zanzibar. The answer is"),
    " zanzibar.",
  );
  assertMatch(says("The secret word is zanzibar, and I end with it."), /zanz/);
  assertMatch(says("I begin my next sentence with zanzibar"), /^\. Zanzibar:/);
});

function prefilled(
  question: string,
  prefill: string,
  fields: Record<string, unknown> = {},
): Completion {
  return completeBody({ messages: conversation(question, prefill), ...fields });
}

function completeWith(
  prefill: PrefillBehavior,
  text: string,
  fields: Record<string, unknown> = {},
  question = "What is 5*10?",
): Completion {
  const messages = conversation(question, text);
  return completeBody({ messages, ...fields }, { prefill });
}

function conversation(question: string, prefill: string) {
  return [
    { role: "user", content: question },
    { role: "assistant", content: prefill },
  ];
}
