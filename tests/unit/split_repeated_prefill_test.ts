import { assertEquals } from "@std/assert";
import { splitRepeatedPrefill } from "../../src/completion/split_repeated_prefill.ts";

function split(content: string, prefill: string | null) {
  const texts = { content, callsTools: false, finishReason: "stop" };
  return splitRepeatedPrefill(texts, prefill);
}

Deno.test("splitRepeatedPrefill() removes a short prefill that ends in the middle of a word", () => {
  const answer = split("<think>\n5*10 = 50.\n</think>\n50", "<think>\n5*1");
  assertEquals(
    [answer.reasoning, answer.content, answer.prefill],
    ["0 = 50.\n", "\n50", "echoed"],
  );
});

Deno.test("splitRepeatedPrefill() removes a prefill after which the model seems to start over", () => {
  const answer = split(
    "<think>\nOkay, the user wants 50.</think>50",
    "<think>\nOkay, ",
  );
  assertEquals(
    [answer.reasoning, answer.content, answer.prefill],
    ["the user wants 50.", "50", "echoed"],
  );
});

Deno.test("splitRepeatedPrefill() removes a short answer after completed reasoning", () => {
  const answer = split("<think>\nx</think>\n5*10", "<think>\nx</think>\n5*1");
  assertEquals(
    [answer.reasoning, answer.content, answer.prefill],
    [null, "0", "echoed"],
  );
});

Deno.test("splitRepeatedPrefill() does not know where a thought without an end stops", () => {
  const { content, prefill } = split("<think>\n5*10 = 50.", "<think>\n5*1");
  assertEquals([content, prefill], ["0 = 50.", "unknown"]);
});

Deno.test("splitRepeatedPrefill() reports a text without the prefill as splitAnswer() does", () => {
  assertEquals(
    split("<think>\nLet me see.</think>7", "<think>\n5*1").prefill,
    "restarted",
  );
  const { content, prefill } = split("7", null);
  assertEquals([content, prefill], ["7", null]);
});
