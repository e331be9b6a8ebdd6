import { assertEquals } from "@std/assert";
import { similarModel } from "../../src/catalog/similar_model.ts";

Deno.test("similarModel() finds a misspelled model, with or without its author", () => {
  const models = ["qwen/qwen3-30b-a3b", "qwen/qwq-32b", "openai/gpt-oss-20b"];
  for (
    const [name, meant] of [
      ["qwen/qwen3-30b-a3", "qwen/qwen3-30b-a3b"],
      ["qwen3-30b-a3b", "qwen/qwen3-30b-a3b"],
      ["alibaba/qwq-32", "qwen/qwq-32b"],
      ["gpt-oss-20b", "openai/gpt-oss-20b"],
      ["openai/gpt-5", null],
      ["", null],
    ] as const
  ) assertEquals(similarModel(name, models), meant, name);
  assertEquals(similarModel("qwq", []), null);
});
