import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { join } from "@std/path/join";
import { resolve } from "@std/path/resolve";
import type { GenerateOptions, Prompt } from "../../mod.ts";
import {
  type CacheDirectory,
  cacheDirectory,
  requestDigest,
} from "../../src/cache/cache_path.ts";
import { buildRequest } from "../../src/request/build_request.ts";
import { OPENROUTER_BASE_URL } from "../../src/openrouter_url.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import {
  arbitraryOptions,
  arbitraryPrompt,
  withKeysTurned,
} from "../support/arbitrary_request.ts";
import fc, { PROPERTY_RUNS } from "../support/fast_check.ts";

function plan(
  prompt: Prompt,
  options: GenerateOptions,
  baseUrl = OPENROUTER_BASE_URL,
) {
  return buildRequest(prompt, resolveOptions(options), baseUrl);
}

function path(directory: CacheDirectory): string {
  return directory.join("/");
}

/** Returns the request in a form that is equal if and only if the requests are equal. */
function sent(prompt: Prompt, options: GenerateOptions): string {
  return JSON.stringify(sorted(plan(prompt, options).body));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, member]) => [name, sorted(member)]),
  );
}

Deno.test("cacheDirectory() differs when anything in the request differs", () => {
  fc.assert(
    fc.property(
      arbitraryPrompt,
      arbitraryOptions,
      arbitraryPrompt,
      arbitraryOptions,
      fc.constantFrom("prompt", "options", "both"),
      (prompt, options, otherPrompt, otherOptions, change) => {
        const second = change === "options" ? prompt : otherPrompt;
        const others = change === "prompt"
          ? options
          // The directory of a model is the Python package's, which two names can share.
          : { ...otherOptions, model: options.model };
        fc.pre(sent(prompt, options) !== sent(second, others));
        assertNotEquals(
          path(cacheDirectory(plan(prompt, options))),
          path(cacheDirectory(plan(second, others))),
        );
      },
    ),
  );
});

Deno.test("cacheDirectory() differs when one option changes", () => {
  fc.assert(
    fc.property(
      arbitraryPrompt,
      arbitraryOptions,
      arbitraryOptions,
      (prompt, options, others) => {
        for (const [name, value] of Object.entries(others)) {
          if (name === "model") continue;
          const changed = { ...options, [name]: value };
          if (sent(prompt, options) === sent(prompt, changed)) continue;
          assertNotEquals(
            path(cacheDirectory(plan(prompt, options))),
            path(cacheDirectory(plan(prompt, changed))),
            name,
          );
        }
      },
    ),
    // Each run changes every option.
    { numRuns: PROPERTY_RUNS / 5 },
  );
});

Deno.test("cacheDirectory() does not depend on the order of keys", () => {
  fc.assert(
    fc.property(arbitraryPrompt, arbitraryOptions, (prompt, options) => {
      assertEquals(
        path(
          cacheDirectory(plan(withKeysTurned(prompt), withKeysTurned(options))),
        ),
        path(cacheDirectory(plan(prompt, options))),
      );
    }),
  );
});

Deno.test("requestDigest() differs for two models with the same directory", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom("a", "/", ":", "-", "@"),
        minLength: 1,
      }),
      fc.string({
        unit: fc.constantFrom("a", "/", ":", "-", "@"),
        minLength: 1,
      }),
      (a, b) => {
        fc.pre(a !== b);
        const [first, second] = [
          plan("q", { model: a }),
          plan("q", { model: b }),
        ];
        assertNotEquals(requestDigest(first), requestDigest(second));
      },
    ),
  );
});

Deno.test("cacheDirectory() depends on the JSON that is sent, not on the source objects", () => {
  const of = (x: unknown) =>
    path(cacheDirectory(plan("q", { model: "m", extraBody: { x } })));
  assertNotEquals(of(new Date(1)), of(new Date(2)));
  assertEquals(of(new Date(1)), of(new Date(1).toISOString()));
  assertEquals(of([undefined]), of([null]));
  assertEquals(
    path(cacheDirectory(plan("q", { model: "m", temperature: -0 }))),
    path(cacheDirectory(plan("q", { model: "m", temperature: 0 }))),
  );
});

Deno.test("cacheDirectory() differs when the endpoint does", () => {
  const options = { model: "qwen/qwq-32b" };
  const paths = [
    "https://a.example/v1",
    "https://b.example/v1",
    OPENROUTER_BASE_URL,
  ]
    .map((baseUrl) => path(cacheDirectory(plan("q", options, baseUrl))));
  assertEquals(new Set(paths).size, 3);
});

const hostile = fc.oneof(
  fc.string({ minLength: 1, maxLength: 300, unit: "binary" }),
  fc.string({
    minLength: 1,
    maxLength: 30,
    unit: fc.constantFrom(
      "..",
      ".",
      "/",
      "\\",
      "\0",
      "~",
      ":",
      " ",
      "\n",
      "a",
      "CON",
      "\u202e",
      "%2e",
    ),
  }),
  fc.constantFrom(
    "..",
    "../..",
    ".",
    "/etc/passwd",
    "C:\\x",
    "NUL",
    "con.txt",
    "~root",
    "a".repeat(10_000),
    "é".repeat(150),
    "\ud800",
  ),
);

Deno.test("cacheDirectory() returns safe segments inside the cache directory for hostile model names", () => {
  const root = resolve("/cache/root");
  fc.assert(
    fc.property(hostile, (model) => {
      fc.pre(model.trim() !== "" && model.isWellFormed());
      const segments = cacheDirectory(plan("q", { model }));
      const target = resolve(join(root, ...segments));
      assert(target.startsWith(`${root}/`), target);
      assertEquals(target.slice(root.length + 1).split("/").length, 4);
      for (const segment of segments) {
        assert(!/[\p{C}\\/:*?"<>|]/u.test(segment), segment);
        assert(!/^\.|\.$/.test(segment), segment);
        assert(new TextEncoder().encode(segment).length <= 255);
      }
    }),
  );
});

Deno.test("cacheDirectory() differs for models whose names are sanitized", () => {
  const paths = [
    "..",
    "../..",
    "a b",
    "a_b",
    "a\u0000b",
    "x".repeat(300),
    "x".repeat(301),
  ]
    .map((model) => cacheDirectory(plan("q", { model }))[0]);
  assertEquals(new Set(paths).size, paths.length);
});
