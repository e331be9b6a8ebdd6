import { assertEquals, assertThrows } from "@std/assert";
import { alignTokens } from "../../src/completion/align_tokens.ts";
import { ResponseError, RolloutsError } from "../../src/errors.ts";

const URL = "http://127.0.0.1:8000/v1/completions";

/** Returns the tokens of a text as "offset:text". */
function align(texts: readonly string[], text: string): string[] {
  const tokens = texts.map((text) => ({
    text,
    logprob: -1,
    bytes: null,
    top: [],
  }));
  return alignTokens(tokens, text, URL)
    .map(({ offset, text }) => `${offset}:${text}`);
}

Deno.test("alignTokens() finds the tokens of the text at the end", () => {
  assertEquals(align(["<s>", "What?", " Fif", "ty", "."], " Fifty."), [
    "0: Fif",
    "4:ty",
    "6:.",
  ]);
  assertEquals(align([" Fif", "ty"], " Fifty"), ["0: Fif", "4:ty"]);
});

Deno.test("alignTokens() rejects a token that spans the end of the prompt and the text", () => {
  const error = assertThrows(
    () => align(["5", "*", "10", "."], "0."),
    RolloutsError,
    'the token "10" spans the end of the prompt ("1") and the start of the text ("0")',
  );
  assertEquals(error.name, "RolloutsError");
});

Deno.test("alignTokens() rejects tokens of another text", () => {
  for (
    const [tokens, text] of [
      [[], "a"],
      [["b"], "a"],
      [["a"], "aa"],
      [["xa"], "ba"],
      [["a", "\ufffd", "\ufffd"], "ab"],
      [["\ufffd", "\ufffd", "b"], "ab"],
    ] as const
  ) {
    assertThrows(
      () => align(tokens, text),
      ResponseError,
      "do not end with the text",
    );
  }
});

Deno.test("alignTokens() finds characters of several tokens without their bytes", () => {
  const cases: readonly (readonly [string[], string, string[]])[] = [
    [["x", "5 ", "\ufffd", "\ufffd", " 6"], "5 ≈ 6", [
      "0:5 ",
      "2:",
      "2:≈",
      "3: 6",
    ]],
    // A space and the first byte are one token; an emoji has two code units.
    [["x", "a", " \ufffd", "\ufffd\ufffd", "\ufffd!"], "a 🙂!", [
      "0:a",
      "1: ",
      "2:",
      "2:🙂!",
    ]],
    // Two characters, and at the very start and end.
    [["x", "\ufffd", "\ufffd", "\ufffd", "\ufffd"], "√√", [
      "0:",
      "0:",
      "0:",
      "0:√√",
    ]],
    // The character before them is a token of its own.
    [["x", "√", "\ufffd", "\ufffd"], "√≈", ["0:√", "1:", "1:≈"]],
  ];
  for (const [tokens, text, expected] of cases) {
    assertEquals(align(tokens, text), expected);
  }
});

Deno.test("alignTokens() rejects a token without a log-probability", () => {
  const token = { text: "a", logprob: null, bytes: null, top: [] };
  assertThrows(
    () => alignTokens([token], "a", URL),
    ResponseError,
    'the token "a" has no log-probability',
  );
});
