import { assert, assertEquals } from "@std/assert";
import page from "../../src/viewer/viewer_page.html" with { type: "text" };
import { pageParts } from "../support/page_parts.ts";

Deno.test("viewer_page.html has a script and a style that cannot end their elements", () => {
  const { script, style, frame } = pageParts(page);
  assert(!/<\/script|<script|<!--/i.test(script));
  assert(!/<\//.test(style));
  const slots = [...frame.matchAll(/<!-- (\w+) -->/g)].map(([, name]) => name);
  assertEquals(slots, ["data", "sets"]);
});

Deno.test("viewer_page.html contains no address and stays small", () => {
  const { script, style, frame } = pageParts(page);
  const addresses = [
    ...(script + style + frame).matchAll(/https?:\/\/[\w./-]+/g),
  ]
    .map(([address]) => address)
    // Namespaces of markup and messages of highlight.js, which are never requested.
    .filter((address) =>
      !/^https?:\/\/(?:www\.w3\.org|github\.com\/highlightjs)\//.test(address)
    );
  assertEquals(addresses, []);
  // Half of it is KaTeX and highlight.js.
  assert(script.length < 760_000, String(script.length));
});
