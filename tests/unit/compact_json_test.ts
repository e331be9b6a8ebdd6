import { assertEquals, assertLess } from "@std/assert";
import { compactJson, expandJson } from "../../src/compact_json.ts";
import { answerBody, parseAnswer } from "../support/parse_answer.ts";

const REASONING = "I’ll “think” about 5×10: that is\n\t\\boxed{50}, I’m sure.";
const CONTENT = 'The answer is "50" – five times ten, \u0001 or so.';

Deno.test("compactJson() replaces both texts, and expandJson() restores them exactly", () => {
  const texts = { content: CONTENT, reasoning: REASONING };
  const message = { ...texts, reasoning_details: [{ text: REASONING }] };
  const json = `{ "n":1.0, "choices":[ ${JSON.stringify({ message })}\n]}`;
  const compact = compactJson(json, texts);
  assertLess(compact.length, json.length - CONTENT.length - REASONING.length);
  assertEquals(expandJson(compact, texts), json);
});

Deno.test("expandJson() restores texts with quotes, dollars, and backslashes at their ends", () => {
  const long = "a text of more than thirty-two characters";
  for (
    const content of [`${long}\\`, `"${long}"`, `$&$1${long}$$`, `${long}"\\"`]
  ) {
    for (const reasoning of [content, `\\"${content}`, `${content}\\"`, null]) {
      const json = JSON.stringify([
        content,
        { reasoning },
        `"${content}`,
        content + reasoning,
      ]);
      const texts = { content, reasoning };
      assertEquals(expandJson(compactJson(json, texts), texts), json);
    }
  }
});

Deno.test("compactJson() keeps texts that a provider escapes in another way", () => {
  const content = "caf\u00e9 and more text, so that it is worth a search";
  const json = `{"content":"${content.replace("\u00e9", "\\u00e9")}"}`;
  const texts = { content, reasoning: null };
  assertEquals(compactJson(json, texts), json);
});

Deno.test("Response.raw is the whole answer, although the sample stores its texts once", () => {
  const message = { content: CONTENT, reasoning: REASONING };
  const body = answerBody({ message });
  const { response, rawJson } = parseAnswer(body);
  assertEquals(rawJson.includes("boxed"), false);
  assertEquals(response.raw, JSON.parse(body));
});
