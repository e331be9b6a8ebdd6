import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { writeGenerateProgram } from "../support/generate_program.ts";
import {
  finished,
  scriptCommand,
  startProgram,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test({
  name:
    "generate() stores every paid answer if the process can open only a few files",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using mock = await MockOpenRouter.start({ latencyMs: 200 });
    await using dir = new TempDir();
    const options = {
      model: "qwen/qwen3-30b-a3b",
      apiKey: "sk-example",
      baseUrl: mock.baseUrl,
      cacheDir: join(dir.path, "cache"),
    };
    const file = await writeGenerateProgram(dir, options, 500);
    const command = scriptCommand(file, USUAL_PERMISSIONS);
    const { code, stdout, stderr } = await finished(
      startProgram("bash", [
        ...["-c", 'ulimit -n 120; exec "$@"', "bash"],
        ...command,
      ]),
    );
    assertEquals(code, 0, stderr);
    assertEquals(JSON.parse(stdout).length, 500);
    assertEquals(mock.answered, 500);
    // With far fewer, Deno itself panics when it opens a pipe for signals. The warning comes once, or
    // not at all if the limit of requests in flight drops in time.
    assert(stderr.split("too many files").length <= 2, stderr);
  },
});
