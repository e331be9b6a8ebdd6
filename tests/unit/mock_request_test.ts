import { assert, assertThrows } from "@std/assert";
import { HttpError } from "../../src/testing/http_error.ts";
import { parseRequest } from "../../src/testing/parse_request.ts";

Deno.test("parseRequest() throws when a field is invalid", () => {
  const wrong: Record<string, unknown>[] = [
    { messages: undefined },
    { messages: [] },
    { messages: [{ role: "wizard", content: "x" }] },
    { messages: [{ role: "user", content: 3 }] },
    { temperature: "hot" },
    { temperature: 3 },
    { top_p: -0.1 },
    { top_k: 1.5 },
    { max_tokens: 0 },
    { seed: 0.5 },
    { stop: ["a", "b", "c", "d", "e"] },
    { logit_bias: { 5: 101 } },
    { reasoning: { effort: "huge" } },
    { stream: "yes" },
    { model: 5 },
    { response_format: "json" },
  ];
  for (const fields of wrong) {
    const error = assertThrows(() =>
      parseRequest({
        messages: [{ role: "user", content: "x" }],
        ...fields,
      }, "chat")
    );
    assert(error instanceof HttpError && error.status === 400);
  }
});
