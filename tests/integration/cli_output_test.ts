import { assertEquals, assertMatch } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { MODEL } from "../support/mock_client.ts";
import { startCli } from "../support/run_cli.ts";
import {
  finished,
  scriptCommand,
  startProgram,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test("rollouts generate prints no error when its output is no longer read", async () => {
  await using mock = await MockOpenRouter.start();
  const child = startCli(mock, [
    "generate",
    "hi",
    "-m",
    MODEL,
    "-n",
    "400",
    "--no-use-cache",
    "--json",
  ]);
  await child.stdout.cancel();
  const stderr = await new Response(child.stderr).text();
  assertEquals([(await child.status).code, stderr], [0, ""]);
});

/** Linux has a file that is always full. */
const onLinux = { ignore: Deno.build.os !== "linux" };

/** Runs the command with an output that cannot be written. */
async function runIntoFull(
  mock: MockOpenRouter,
  args: readonly string[],
): Promise<{ code: number; stderr: string }> {
  const command = scriptCommand("src/cli/main.ts", USUAL_PERMISSIONS);
  return await finished(
    startProgram("sh", ["-c", '"$@" > /dev/full', "sh", ...command, ...args], {
      OPENROUTER_API_KEY: "sk-test",
      OPENROUTER_BASE_URL: mock.baseUrl,
    }),
  );
}

Deno.test({
  ...onLinux,
  name:
    "rollouts reports an unwritable output, keeps paid samples, and leaves no locks",
  async fn() {
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    const cache = join(dir.path, "cache");
    const set = join(dir.path, "set.txt");
    await Deno.writeTextFile(set, "Hi\nHello\n");
    const options = ["-m", MODEL, "-n", "2", "--cache-dir", cache];
    for (
      const args of [
        ["generate", "Hi", "--json", ...options],
        ["run", set, "-o", "-", ...options],
        ["cache", "ls", "--cache-dir", cache],
      ]
    ) {
      const { code, stderr } = await runIntoFull(mock, args);
      assertEquals(code, 1, stderr);
      assertMatch(stderr, /^rollouts: .*no space left on device/im);
      assertEquals(/^ +at /m.test(stderr), false, stderr);
    }
    const names = [...walkSync(cache, { includeDirs: false })]
      .map(({ name }) => name);
    assertEquals(names.filter((name) => !/^seed_\d+\.json$/.test(name)), []);
    assertEquals(names.length, mock.answered);
  },
});
