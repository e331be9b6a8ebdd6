import { assertEquals } from "@std/assert";
import { retryAfterMs } from "../../src/completion/retry_after.ts";

const NOW_MS = Date.UTC(2026, 0, 1);

function read(headers: Record<string, string>, hints = {}): number | null {
  const map = new Map(Object.entries(headers));
  return retryAfterMs(map, { nowMs: NOW_MS, ...hints });
}

Deno.test("retryAfterMs() reads seconds, dates, and milliseconds", () => {
  assertEquals(read({ "retry-after": "120" }), 120_000);
  assertEquals(read({ "retry-after": "0.5" }), 500);
  const date = new Date(NOW_MS + 90_000).toUTCString();
  assertEquals(read({ "retry-after": date }), 90_000);
  assertEquals(read({ "retry-after-ms": "250", "retry-after": "9" }), 250);
});

Deno.test("retryAfterMs() reads the reset of a rate limit in milliseconds and in seconds", () => {
  assertEquals(read({}, { reset: NOW_MS + 5000 }), 5000);
  assertEquals(read({}, { reset: `${NOW_MS / 1000 + 5}` }), 5000);
  assertEquals(read({}, { reset: `${NOW_MS + 4000}` }), 4000);
});

Deno.test("retryAfterMs() is never negative, and null if the answer asks for no wait", () => {
  assertEquals(read({ "retry-after": "-5" }), 0);
  const past = new Date(NOW_MS - 90_000).toUTCString();
  assertEquals(read({ "retry-after": past }), 0);
  assertEquals(read({}), null);
  assertEquals(read({ "retry-after": "soon" }), null);
  assertEquals(read({}, { seconds: "", reset: null }), null);
});

Deno.test("retryAfterMs() accepts only numbers in decimal digits", () => {
  for (const value of ["0x10", "1e3", "Infinity", ""]) {
    const headers = new Map([["retry-after", value]]);
    assertEquals(retryAfterMs(headers, { nowMs: 0 }), null);
  }
});

Deno.test("retryAfterMs() compares times with the Date header, not with the local clock", () => {
  const serverMs = NOW_MS + 3_600_000;
  const date = new Date(serverMs).toUTCString();
  const reset = serverMs + 3000;
  assertEquals(read({ date }, { reset }), 3000);
  const until = new Date(reset).toUTCString();
  assertEquals(read({ date, "retry-after": until }), 3000);
  assertEquals(read({ date, "retry-after": "3" }), 3000);
  assertEquals(read({ date: "yesterday" }, { reset: NOW_MS + 5000 }), 5000);
});
