import { assertEquals } from "@std/assert";
import { fullText } from "../../src/full_text.ts";
import {
  type MessageTexts,
  splitAnswer,
} from "../../src/completion/split_answer.ts";

const PREFILL = "<think>\nLet me calculate: 10*5=";
const TEXTS = { callsTools: false, finishReason: "stop" };

function split(texts: MessageTexts, prefill: string | null) {
  const { prefill: _, ...parts } = splitAnswer(texts, prefill);
  return { ...parts, full: fullText(parts) };
}

Deno.test("splitAnswer() joins reasoning and content, and trims nothing", () => {
  assertEquals(
    split({ ...TEXTS, reasoning: " a ", content: "\n b" }, null),
    {
      full: " a </think>\n b",
      reasoning: " a ",
      content: "\n b",
      completedReasoning: true,
    },
  );
});

Deno.test("splitAnswer() returns only the reasoning if it did not end", () => {
  assertEquals(split({ ...TEXTS, reasoning: "a", content: "" }, null), {
    full: "a",
    reasoning: "a",
    content: "",
    completedReasoning: false,
  });
});

Deno.test("splitAnswer() returns only the content if there is no reasoning", () => {
  assertEquals(split({ ...TEXTS, reasoning: null, content: "b" }, null), {
    full: "b",
    reasoning: null,
    content: "b",
    completedReasoning: true,
  });
});

Deno.test("splitAnswer() keeps a </think> without an opening tag in the content", () => {
  const { content } = split({ ...TEXTS, content: "use </think>" }, null);
  assertEquals(content, "use </think>");
});

Deno.test("splitAnswer() splits content at a lone </think> after a prefill", () => {
  assertEquals(
    split({ ...TEXTS, content: " 50.</think>\n\n50" }, PREFILL),
    {
      full: " 50.</think>\n\n50",
      reasoning: " 50.",
      content: "\n\n50",
      completedReasoning: true,
    },
  );
});

Deno.test("splitAnswer() treats content after an open prefill as reasoning only if it is truncated", () => {
  const cut = { ...TEXTS, finishReason: "length" };
  assertEquals(split({ ...cut, content: "50, so" }, PREFILL), {
    full: "50, so",
    reasoning: "50, so",
    content: "",
    completedReasoning: false,
  });
  const { reasoning, content } = split(
    { ...TEXTS, content: "50, so" },
    PREFILL,
  );
  assertEquals([reasoning, content], [null, "50, so"]);
});

Deno.test("splitAnswer() removes an echoed prefix, with and without its tag", () => {
  const thought = PREFILL.slice("<think>".length);
  for (const echo of [PREFILL, thought]) {
    const inContent = split(
      { ...TEXTS, content: `${echo}50</think>50` },
      PREFILL,
    );
    assertEquals([inContent.reasoning, inContent.content], ["50", "50"]);
    const inReasoning = split(
      { ...TEXTS, reasoning: `${echo}50`, content: "50" },
      PREFILL,
    );
    assertEquals(inReasoning.reasoning, "50");
  }
});

Deno.test("splitAnswer() keeps a matching start that is too short to be an echo", () => {
  const { reasoning } = split(
    { ...TEXTS, reasoning: "Well, yes", content: "x" },
    "<think>Well",
  );
  assertEquals(reasoning, "Well, yes");
});

Deno.test("splitAnswer() moves an answer that is in the reasoning field to the content", () => {
  assertEquals(
    split({ ...TEXTS, reasoning: "50" }, "<think>10*5=50</think>"),
    {
      full: "50",
      reasoning: null,
      content: "50",
      completedReasoning: true,
    },
  );
});

Deno.test("splitAnswer() reads reasoning that the content opens", () => {
  const { reasoning, content } = split(
    { ...TEXTS, content: "<think>\na</think>b" },
    null,
  );
  assertEquals([reasoning, content], ["\na", "b"]);
});

Deno.test("splitAnswer() counts a tool call as the end of reasoning", () => {
  const { full, completedReasoning } = split(
    { ...TEXTS, reasoning: "a", callsTools: true },
    null,
  );
  assertEquals([full, completedReasoning], ["a</think>", true]);
});

Deno.test("splitAnswer() keeps the fields separate if the reasoning is only the echo", () => {
  assertEquals(
    split({ ...TEXTS, reasoning: PREFILL, content: "50" }, PREFILL),
    {
      full: "</think>50",
      reasoning: "",
      content: "50",
      completedReasoning: true,
    },
  );
});

Deno.test("splitAnswer() treats an empty reasoning field next to content as completed reasoning", () => {
  const texts = { ...TEXTS, reasoning: "", content: "The answer is 50." };
  assertEquals(split(texts, PREFILL).content, "The answer is 50.");
  const cut = { ...texts, finishReason: "length" };
  assertEquals(split(cut, PREFILL), {
    full: "</think>The answer is 50.",
    reasoning: "",
    content: "The answer is 50.",
    completedReasoning: true,
  });
  // Without an explicit empty reasoning, nothing shows that it ended.
  assertEquals(
    split({ ...cut, reasoning: null }, PREFILL).completedReasoning,
    false,
  );
  // A tag in the content shows where it ended.
  const tagged = split({ ...cut, content: "50</think>50" }, PREFILL);
  assertEquals([tagged.reasoning, tagged.content], ["50", "50"]);
});

Deno.test("splitAnswer() splits at a lone </think> if the model's template opens the reasoning", () => {
  const texts = { ...TEXTS, content: "5*10 is 50</think>\n\n50" };
  const { prefill, ...parts } = splitAnswer(texts, null, true);
  assertEquals(prefill, null);
  assertEquals(parts, {
    reasoning: "5*10 is 50",
    content: "\n\n50",
    completedReasoning: true,
  });
  assertEquals(splitAnswer(texts, null).reasoning, null);
  const cut = { ...TEXTS, content: "A story", finishReason: "length" };
  assertEquals(splitAnswer(cut, null, true).content, "A story");
});

Deno.test("splitAnswer() treats a </think> left in a field as the end of the reasoning", () => {
  for (
    const texts of [
      { reasoning: " 50", content: "</think>50" },
      { reasoning: " 50</think>50", content: "" },
    ]
  ) {
    assertEquals(split({ ...TEXTS, ...texts }, PREFILL), {
      full: " 50</think>50",
      reasoning: " 50",
      content: "50",
      completedReasoning: true,
    });
  }
});
