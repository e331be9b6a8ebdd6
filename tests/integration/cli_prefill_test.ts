import { assertEquals, assertStringIncludes } from "@std/assert";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { MODEL } from "../support/mock_client.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";

Deno.test("rollouts generate says what became of a thought, and takes one form of output", async () => {
  await using mock = await MockOpenRouter.start();
  const generate = (...args: string[]) =>
    runCli([
      ...["generate", "What is 5*10?\n<think>\n5*1", "-m", MODEL],
      ...["--no-use-cache", ...args],
    ], cliEnv(mock));
  const json = await generate("--json");
  assertEquals(JSON.parse(json.stdout).prefill, "continued");
  const field = await generate("--field", "prefill");
  assertEquals(field.stdout, "continued\n");
  const both = await generate("--json", "--field", "seed");
  assertEquals(both.code, 2);
  assertStringIncludes(both.stderr, "--json or --field, not both");
  assertEquals((await generate("-n", "0")).code, 2);
});
