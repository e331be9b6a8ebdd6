import { assertEquals } from "@std/assert";
import { apiFailure } from "../../src/completion/api_failure.ts";

/** Returns what a 429 with this metadata limits. */
function scopeOf(metadata: Readonly<Record<string, unknown>>) {
  const answer = {
    status: 429,
    headers: new Map(),
    text: "",
    receivedAtMs: 0,
    latencyMs: 0,
  };
  const failure = apiFailure(answer, { code: 429, message: "m", metadata }, {
    url: "http://a",
    headers: {},
  });
  return failure.kind === "api" ? failure.limitScope : null;
}

Deno.test("apiFailure() marks an account limit if the API reports one", () => {
  assertEquals(
    scopeOf({ limit_source: "openrouter_admission_control" }),
    "account",
  );
  assertEquals(
    scopeOf({ limit_source: "upstream_provider_shared_pool" }),
    undefined,
  );
  assertEquals(scopeOf({}), undefined);
});
