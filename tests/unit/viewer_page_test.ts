import { assert, assertEquals } from "@std/assert";
import { VIEWER_PAGE } from "../../src/viewer/viewer_page.ts";

Deno.test("VIEWER_PAGE cannot end the elements that it stands in", () => {
  const { script, style, frame } = VIEWER_PAGE;
  assert(!/<\/script|<script|<!--/i.test(script));
  assert(!/<\//.test(style));
  const slots = [...frame.matchAll(/<!-- (\w+) -->/g)].map(([, name]) => name);
  assertEquals(slots, ["policy", "style", "data", "script", "sets"]);
});

Deno.test("VIEWER_PAGE names no address, and stays small", () => {
  const { script, style, frame } = VIEWER_PAGE;
  const addresses = [
    ...(script + style + frame).matchAll(/https?:\/\/[\w./-]+/g),
  ]
    .map(([address]) => address)
    // Names of kinds of markup, which nothing asks for.
    .filter((address) => !address.startsWith("http://www.w3.org/"));
  assertEquals(addresses, []);
  assert(script.length < 400_000, String(script.length));
});
