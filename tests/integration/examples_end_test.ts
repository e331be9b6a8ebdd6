import { assertEquals, assertStringIncludes } from "@std/assert";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { runExample, startExample } from "../support/run_example.ts";
import { finished } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

Deno.test("examples/many_prompts.ts finishes requests in flight when interrupted, and exits with 130", async () => {
  let mayFail = true;
  await using mock = await MockOpenRouter.start({
    latencyMs: 300,
    faults: ({ seed }) =>
      mayFail && seed === 2 ? { type: "status", status: 503 } : null,
  });
  await using dir = new TempDir();
  const child = startExample("many_prompts.ts", mock, dir);
  await until(() => mock.started >= 30);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await finished(child);
  assertEquals(code, 130);
  assertStringIncludes(stdout, "21 samples in all");
  assertStringIncludes(stderr, "interrupted: finishing requests");
  assertStringIncludes(
    stderr,
    "9 are missing; run the program again to continue",
  );
  mayFail = false;
  const again = await runExample("many_prompts.ts", mock, dir);
  assertEquals([again.code, again.stderr], [0, ""]);
  assertEquals(mock.seeds.get(0)?.started, 9, "what was there is not asked");
});

for (const [refused, answered] of [["sk-test", 0], ["sk-team", 2]] as const) {
  Deno.test(`examples/per_call_key.ts uses each key: it fails when ${refused} is refused`, async () => {
    await using mock = await MockOpenRouter.start({
      invalidApiKeys: [refused],
    });
    await using dir = new TempDir();
    const { code, stderr } = await runExample("per_call_key.ts", mock, dir);
    assertEquals([code, mock.answered], [1, answered]);
    assertStringIncludes(stderr, "401");
  });
}
