import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { displayBundle, shownCost } from "../../src/display_bundle.ts";
import { HOSTILE_TEXTS } from "../support/hostile_texts.ts";

/** Matches control characters that a terminal interprets. */
const OBEYED =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

Deno.test("displayBundle() shows a table and texts", () => {
  const { "text/plain": plain, "text/html": html } = displayBundle({
    caption: "a · 1 of 2",
    head: ["Seed", "Content"],
    rows: [["0", "two\nlines"]],
    texts: [["Prompt", "Hi\n there"]],
  });
  assertEquals(
    plain,
    "a · 1 of 2\nSeed | Content\n0 | two lines\n\nPrompt:\nHi\n there",
  );
  assertStringIncludes(html, "<th>Seed</th><th>Content</th>");
  assertStringIncludes(html, ">two\nlines</td>");
  assertStringIncludes(html, ">Hi\n there</pre>");
});

Deno.test("displayBundle() never shows a text as markup, or lets it control a terminal", () => {
  const texts = [
    ...HOSTILE_TEXTS,
    "</pre><script>alert(1)</script>",
    `" onmouseover='alert(1)'`,
    "&lt;b&gt;",
    "\u001b]52;c;cm0gLXJm\u0007\u202eexe\u2066\ud800",
  ];
  const usual = displayBundle({
    caption: "x",
    head: ["x"],
    rows: [["x"]],
    texts: [["x", "x"]],
  })["text/html"];
  const tagsOf = (html: string) => html.match(/<[^>]*>?/g);
  for (const text of texts) {
    const bundle = displayBundle({
      caption: text,
      head: ["x"],
      rows: [[text]],
      texts: [[text, text]],
    });
    assertEquals(tagsOf(bundle["text/html"]), tagsOf(usual), text);
    for (const shown of Object.values(bundle)) {
      assert(
        !OBEYED.test(shown),
        text,
      );
    }
  }
  const { "text/html": html } = displayBundle({
    caption: "",
    head: [],
    rows: [["a<b&c"]],
  });
  assertStringIncludes(html, ">a&#60;b&#38;c</td>");
});

Deno.test("displayBundle() cuts long texts", () => {
  const long = "x".repeat(100_000);
  const { "text/html": html } = displayBundle({
    caption: "",
    head: ["a"],
    rows: [[long]],
    texts: [["b", long]],
  });
  assert(html.length < 22_000);
  assertStringIncludes(html, `${"x".repeat(199)}…</td>`);
});

Deno.test("shownCost() shows three significant digits", () => {
  assertEquals(
    [0.00026400000000000004, 0, 12.3456, null].map(shownCost),
    ["$0.000264", "$0", "$12.3", "?"],
  );
});
