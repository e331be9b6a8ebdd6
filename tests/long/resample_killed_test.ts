import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter, PLANTED_QUESTION } from "../../src/testing/mod.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const PLANTED = "mock/planted-anchors";

Deno.test("20 cuts of 100 samples, killed halfway and restarted, request each sample once", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 5 });
  await using dir = new TempDir();
  const script = join(dir.path, "script.ts");
  await Deno.writeTextFile(
    script,
    `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient({ model: "${PLANTED}", maxConcurrency: 32 });
const { responses: [response] } = await client.generate(${
      JSON.stringify(PLANTED_QUESTION)
    });
let samples = 0;
for await (const { at, rollouts } of client.resampleAll(response, { nSamples: 100 })) {
  if (at < 20) samples += rollouts.length;
}
console.log(samples);
`,
  );
  const start = () =>
    startScript(script, {
      permissions: USUAL_PERMISSIONS,
      env: { OPENROUTER_API_KEY: "k", OPENROUTER_BASE_URL: mock.baseUrl },
      cwd: dir.path,
    });
  const killed = start();
  await until(() => mock.answered > 1_000);
  killed.kill("SIGKILL");
  await killed.output();
  const { code, stdout, stderr } = await finished(start());
  assertEquals([code, stderr, stdout], [0, "", "2000\n"]);
  const twice = mock.started - (1 + 21 * 100);
  assert(twice >= 0 && twice <= 32, `${twice} were in flight at the kill`);
});
