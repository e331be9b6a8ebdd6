import { assertEquals, assertStrictEquals } from "@std/assert";
import { cacheDirectory, requestDigest } from "../../src/cache/cache_path.ts";
import { RequestPaths } from "../../src/cache/request_paths.ts";
import type { CacheKeyInput } from "../../src/request/cache_key_input.ts";

const PROMPT = "Is “—” a dash?";

function request(more: Partial<CacheKeyInput["body"]> = {}): CacheKeyInput {
  const body = {
    model: "m",
    messages: [{ role: "user" as const, content: PROMPT }],
    temperature: 0.7,
    ...more,
  };
  return { prompt: PROMPT, body, otherEndpoint: null, route: null };
}

Deno.test("RequestPaths.of() returns the paths of each request, whichever came before", () => {
  const paths = new RequestPaths();
  const requests: CacheKeyInput[] = [
    request(),
    request({ temperature: 0.8 }),
    request({ user: "a" }),
    request({ seed: undefined, max_tokens: 1 }),
    { ...request(), prompt: "Is “–” a dash?" },
    { ...request(), otherEndpoint: "http://127.0.0.1" },
    { ...request(), route: { pin: "first" as const } },
    { ...request(), prompt: [{ role: "user", content: "a", x: 1, y: 2 }] },
    { ...request(), prompt: [{ role: "user", content: "a", y: 2, x: 1 }] },
    request({ ["__proto__"]: {} }),
    request({ ["constructor"]: null }),
  ];
  for (const before of requests) {
    for (const key of requests) {
      paths.of(before);
      assertEquals(paths.of(key), {
        directory: cacheDirectory(key),
        digest: requestDigest(key),
      });
    }
  }
});

Deno.test("RequestPaths.of() hashes once when consecutive requests are equal", () => {
  const paths = new RequestPaths();
  const first = paths.of(request());
  assertStrictEquals(paths.of(request()), first);
  const turned = {
    ...request(),
    body: { temperature: 0.7, ...request().body },
  };
  assertStrictEquals(paths.of(turned), first);
});
