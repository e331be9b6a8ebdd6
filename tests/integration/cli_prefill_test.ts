import { assertEquals, assertStringIncludes } from "@std/assert";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { MODEL } from "../support/mock_client.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";

Deno.test("rollouts generate prints what the model did with a prefill, in one format", async () => {
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
  assertStringIncludes(
    both.stderr,
    "--json and --field exclude each other: omit one",
  );
  assertEquals((await generate("-n", "0")).code, 2);
});
