import { assertEquals } from "@std/assert";
import { runInNewContext } from "node:vm";
import { hasCode } from "../../../src/platform/node/has_code.ts";

Deno.test("hasCode() recognizes an error of another realm, as in Jest", () => {
  const error = runInNewContext(
    "Object.assign(new Error('gone'), { code: 'ENOENT' })",
  );
  assertEquals(error instanceof Error, false);
  assertEquals(hasCode(error, "ENOENT"), true);
  assertEquals(hasCode(error, "EEXIST"), false);
  assertEquals([null, undefined, "ENOENT"].map((e) => hasCode(e, "ENOENT")), [
    false,
    false,
    false,
  ]);
});
