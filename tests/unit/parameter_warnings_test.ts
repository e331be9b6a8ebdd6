import { assertEquals, assertMatch } from "@std/assert";
import {
  parameterWarnings,
  parseParameters,
} from "../../src/catalog/parameter_warnings.ts";

const MODEL = "openai/gpt-5-image";

function warningsOf(model: Record<string, unknown>, body = BODY) {
  return parameterWarnings(MODEL, body, parseParameters(model));
}

const BODY: Record<string, unknown> = {
  model: MODEL,
  messages: [],
  temperature: 0.7,
  top_p: 0.95,
  max_tokens: 4096,
  top_k: 5,
};

Deno.test("parameterWarnings() lists unsupported parameters, and what to do", () => {
  const warnings = warningsOf({ supported_parameters: ["max_tokens", "seed"] });
  assertEquals(warnings.length, 3);
  assertMatch(
    warnings[0]!,
    /does not support temperature.*temperature to null/,
  );
  assertMatch(warnings[1]!, /does not support top_p.*topP to null/);
  assertMatch(warnings[2]!, /does not support top_k.*omit topK/);
});

Deno.test("parameterWarnings() is empty without a list, and for supported parameters", () => {
  assertEquals(warningsOf({}), []);
  assertEquals(warningsOf({ supported_parameters: null }), []);
  const supported_parameters = ["max_tokens", "temperature", "top_p", "top_k"];
  assertEquals(warningsOf({ supported_parameters }), []);
  const body = { model: MODEL, max_completion_tokens: 5 };
  assertEquals(warningsOf({ supported_parameters }, body), []);
});

Deno.test("parameterWarnings() compares this package's defaults with the model's", () => {
  const default_parameters = { temperature: 0.6, top_p: 0.95, top_k: 20 };
  const [warning, ...others] = warningsOf({ default_parameters });
  assertEquals(others, []);
  assertMatch(warning!, /temperature of this package is 0.7.* 0.6/);
  assertEquals(
    warningsOf({ default_parameters }, { ...BODY, temperature: 1 }),
    [],
  );
});
