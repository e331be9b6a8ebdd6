import { assertEquals } from "@std/assert";
import { pythonFloat, pythonJson } from "../../src/util/python_json.ts";

Deno.test("pythonFloat() prints as Python's repr", () => {
  // The right side was printed by Python 3.11.
  const cases: [number, string][] = [
    [0, "0.0"],
    [-0, "-0.0"],
    [1, "1.0"],
    [0.7, "0.7"],
    [-0.3, "-0.3"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.25e22, "1.25e+22"],
    [1e-300, "1e-300"],
    [0.1 + 0.2, "0.30000000000000004"],
  ];
  for (const [value, text] of cases) assertEquals(pythonFloat(value), text);
});

Deno.test("pythonJson() writes as json.dumps", () => {
  assertEquals(
    pythonJson({
      b: [1, 2.5, null, true],
      a: 'é🤖"\\\n\x01\x7f',
      u: undefined,
    }),
    '{"b": [1, 2.5, null, true], "a": "\\u00e9\\ud83e\\udd16\\"\\\\\\n\\u0001\\u007f"}',
  );
});

Deno.test("pythonJson() sorts keys by code points", () => {
  assertEquals(
    pythonJson({ "\uffff": 1, "🤖": 2, a: { d: 1, c: 2 } }, { sortKeys: true }),
    '{"a": {"c": 2, "d": 1}, "\\uffff": 1, "\\ud83e\\udd16": 2}',
  );
});
