import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  generateProgramOutput,
  writeGenerateProgram,
} from "../support/generate_program.ts";
import { MODEL } from "../support/mock_client.ts";
import {
  finished,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { seedFiles } from "../support/seed_files.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const MAX_CONCURRENCY = 32;

const PERMITTED = {
  permissions: USUAL_PERMISSIONS,
  env: { OPENROUTER_API_KEY: "sk-test" },
} as const;

Deno.test("SIGKILL at any moment leaves only complete files, and repays only requests in flight", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ index }) => 5 + index % 7,
  });
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  const file = await writeGenerateProgram(dir, {
    model: MODEL,
    baseUrl: mock.baseUrl,
    cacheDir,
    maxConcurrency: MAX_CONCURRENCY,
  }, 500);
  for (const answered of [40, 170, 333]) {
    const child = startScript(file, PERMITTED);
    await until(() => mock.answered >= answered);
    child.kill("SIGKILL");
    await child.output();
  }
  const result = await finished(startScript(file, PERMITTED));
  assertEquals(generateProgramOutput(result.stdout).length, 500);
  const files = seedFiles(cacheDir);
  assertEquals(files.length, 500);
  for (const path of files) JSON.parse(Deno.readTextFileSync(path));
  assert(mock.answered - 500 <= 3 * MAX_CONCURRENCY);
});
