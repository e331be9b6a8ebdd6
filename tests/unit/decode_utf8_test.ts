import { assertEquals } from "@std/assert";
import { decodeUtf8 } from "../../src/util/decode_utf8.ts";

Deno.test("decodeUtf8() returns null for other bytes, and keeps U+FFFD that was encoded", () => {
  assertEquals(decodeUtf8(new Uint8Array([0x61, 0xff, 0x62])), null);
  assertEquals(decodeUtf8(new TextEncoder().encode("a\ufffdb")), "a\ufffdb");
});
