import { assert, assertEquals } from "@std/assert";
import { splitRawText } from "../../src/completion/split_raw_text.ts";
import fc from "../support/fast_check.ts";

const OPEN = "<think>\n5*1";
const CLOSED = "<think>\n5*10=50\n</think>\n\nThe";
const FINAL = "<|end|><|start|>assistant<|channel|>final<|message|>";

function harmony(text: string, prefill: string | null) {
  const { reasoning, content, completedReasoning } = splitRawText(
    { content: text, callsTools: false, finishReason: "stop" },
    { markup: "harmony", prefill },
  );
  assertEquals(completedReasoning || content === "", true);
  return completedReasoning ? [reasoning, content] : [reasoning];
}

function think(
  text: string,
  prefill: string | null,
  finishReason = "stop",
) {
  const { reasoning, content, completedReasoning } = splitRawText(
    { content: text, callsTools: false, finishReason },
    { markup: "think", prefill },
  );
  return completedReasoning ? [reasoning, content] : [reasoning];
}

Deno.test("splitRawText() splits at gpt-oss's final channel and trims nothing", () => {
  assertEquals(harmony(`0 = 50. ${FINAL} 50\n<|return|>`, OPEN), [
    "0 = 50. ",
    " 50\n",
  ]);
  assertEquals(harmony(`${FINAL}50`, OPEN), ["", "50"]);
  assertEquals(harmony(`0${FINAL}`, OPEN), ["0", ""]);
});

Deno.test("splitRawText() returns only the reasoning if there is no final channel", () => {
  assertEquals(harmony("0 = 5", OPEN), ["0 = 5"]);
  assertEquals(harmony("", OPEN), [""]);
  assertEquals(harmony("0 = 50<|end|>", OPEN), ["0 = 50"]);
  assertEquals(harmony("0 = 50<|return|>", OPEN), ["0 = 50"]);
});

Deno.test("splitRawText() removes a partial special token or header at the end", () => {
  for (let end = 3; end < FINAL.length; end++) {
    assertEquals(harmony(`0 = 50${FINAL.slice(0, end)}`, OPEN), ["0 = 50"]);
  }
  assertEquals(harmony("if (a <", OPEN), ["if (a <"]);
  assertEquals(harmony("f <| g", OPEN), ["f <| g"]);
  assertEquals(harmony("50<|retu", CLOSED), [null, "50"]);
});

Deno.test("splitRawText() reads reasoning that gpt-oss started", () => {
  const thought = "<|channel|>analysis<|message|>5*10";
  assertEquals(harmony(`${thought}${FINAL}50<|return|>`, null), ["5*10", "50"]);
  assertEquals(harmony(thought, null), ["5*10"]);
  assertEquals(harmony("<|channel|>ana", null), [""]);
  assertEquals(
    harmony("<|channel|>final<|message|>50<|return|>", null),
    [null, "50"],
  );
});

Deno.test("splitRawText() joins several analysis and commentary messages", () => {
  const again = "<|end|><|start|>assistant<|channel|>";
  assertEquals(
    harmony(
      `a${again}analysis<|message|>b${again}commentary<|message|>c${FINAL}d`,
      OPEN,
    ),
    ["a\nb\nc", "d"],
  );
  assertEquals(
    harmony(
      `a<|end|><|start|>assistant to=functions.f<|channel|>commentary <|constrain|>json<|message|>{}<|call|>`,
      OPEN,
    ),
    ["a\n{}"],
  );
});

Deno.test("splitRawText() treats all text after closed reasoning as the answer", () => {
  assertEquals(harmony(" answer is 50.<|return|>", CLOSED), [
    null,
    " answer is 50.",
  ]);
  assertEquals(harmony("assistantfinal", CLOSED), [null, "assistantfinal"]);
  // Unless the model reasoned again.
  assertEquals(think(" answer</think> is 50.", CLOSED), [
    " answer",
    " is 50.",
  ]);
});

Deno.test("splitRawText() reads gpt-oss's channels if a provider stripped the special tokens", () => {
  const text = "0 = 50.assistantfinalThe answer";
  assertEquals(harmony(text, OPEN), ["0 = 50.", "The answer"]);
  assertEquals(harmony(`${text}<|return|>`, OPEN), ["0 = 50.", "The answer"]);
  assertEquals(harmony(`analysisWe need 5${text}`, null), [
    "We need 50 = 50.",
    "The answer",
  ]);
  assertEquals(harmony("analysisWe need", null), ["We need"]);
  // Without a sign of reasoning, these are words of the answer.
  for (
    const answer of [text, "analysis: 50", "analysis", "analysissituation", ""]
  ) assertEquals(harmony(answer, null), [null, answer]);
  // If the text has special tokens, its other words are ordinary text.
  assertEquals(harmony(`${text}${FINAL}50`, OPEN), [text, "50"]);
});

Deno.test("splitRawText() keeps text outside the messages of gpt-oss", () => {
  assertEquals(harmony("thought<|end|>answer", OPEN), ["thought", "answer"]);
  assertEquals(harmony("answer<|return|>", null), [null, "answer"]);
  assertEquals(harmony(`thought${FINAL}answer`, null), ["thought", "answer"]);
  assertEquals(harmony("<|message|>answer", null), [null, "answer"]);
});

Deno.test("splitRawText() splits at </think> and trims nothing", () => {
  assertEquals(think("0 \n</think>\n\n50 ", OPEN), ["0 \n", "\n\n50 "]);
  assertEquals(think("0 = 5", OPEN, "length"), ["0 = 5"]);
  // A model that ended its turn has answered, but nothing shows where.
  assertEquals(think("0 = 50.", OPEN), [null, "0 = 50."]);
  assertEquals(think("<think>\na</think>b", null), ["\na", "b"]);
  assertEquals(think("50", null), [null, "50"]);
});

Deno.test("splitRawText() keeps reasoning that repeats the prefill", () => {
  const thought = " la la la la la";
  assertEquals(think(`${thought}</think>x`, `<think>${thought}`), [
    thought,
    "x",
  ]);
});

Deno.test("splitRawText() removes the tokens that end an answer", () => {
  for (
    const end of [
      "<|im_end|>",
      "<｜end▁of▁sentence｜>",
      "<|im_end|><|endoftext|>",
    ]
  ) {
    assertEquals(think(`0</think>50 ${end}`, OPEN), ["0", "50 "]);
    assertEquals(think(`0${end}1</think>50`, OPEN), [`0${end}1`, "50"]);
  }
});

Deno.test("splitRawText() never throws, and invents no text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constantFrom(
      "<|start|>",
      "<|end|>",
      "<|message|>",
      "<|channel|>",
      "<|constrain|>",
      "<|return|>",
      "<|call|>",
      "<|im_end|>",
      "<think>",
      "</think>",
      "assistant",
      "analysis",
      "commentary",
      "final",
      "assistantfinal",
      "<|",
      "\n",
    ),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      fc.constantFrom("harmony" as const, "think" as const),
      fc.constantFrom(null, OPEN, CLOSED),
      (text, markup, prefill) => {
        const parts = splitRawText(
          { content: text, callsTools: false, finishReason: "stop" },
          { markup, prefill },
        );
        assert(parts.reasoning !== null || parts.completedReasoning);
        assert(parts.completedReasoning || parts.content === "");
        for (
          const line of `${parts.reasoning ?? ""}\n${parts.content}`.split("\n")
        ) assert(text.includes(line));
      },
    ),
  );
});

Deno.test("splitRawText() returns reasoning and answer as gpt-oss wrote them", () => {
  const texts = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(texts, texts, (thought, answer) => {
      assertEquals(
        harmony(`${thought}${FINAL}${answer}<|return|>`, OPEN),
        [thought, answer],
      );
    }),
  );
});
