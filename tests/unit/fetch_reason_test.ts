import { assertEquals, assertStringIncludes } from "@std/assert";
import { fetchReason } from "../../src/transport/fetch_reason.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";

Deno.test("fetchReason() explains why a host does not answer", async () => {
  const gone = await MockOpenRouter.start();
  await gone.close();
  const error = await fetch(gone.url).catch((error) => error);
  // The messages of Deno, or those of Node.
  const reason = fetchReason(error).toLowerCase().replace(
    "econn",
    "connection ",
  );
  assertStringIncludes(reason, "connection refused");
});

Deno.test("fetchReason() returns a cause once, and its code if it has no message", () => {
  const failed = (cause: unknown) => new TypeError("fetch failed", { cause });
  const many = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
  assertEquals(
    [new Error("fetch failed"), many, new Error(""), new Error("no route"), 7]
      .map((cause) => fetchReason(failed(cause))),
    [
      "fetch failed",
      "fetch failed: ECONNREFUSED",
      "fetch failed",
      "fetch failed: no route",
      "fetch failed",
    ],
  );
  assertEquals(fetchReason("why"), "why");
});
