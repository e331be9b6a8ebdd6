import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  finished,
  ROOT,
  startDeno,
  startProgram,
} from "../support/run_script.ts";
import { SMALLEST_PERMISSIONS } from "../support/smallest_permissions.ts";
import { TempDir } from "../support/temp_dir.ts";

const { version: VERSION } = JSON.parse(
  Deno.readTextFileSync(join(ROOT, "deno.json")),
);

/** The runtimes of the file, with their command lines. */
const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
  Deno: [Deno.execPath(), "run", ...SMALLEST_PERMISSIONS],
  Node: ["node"],
};

Deno.test("deno task bundle creates one file, which runs in an empty directory", async (t) => {
  await using home = new TempDir();
  const file = join(home.path, "rollouts.js");
  const built = await finished(startDeno(["task", "bundle", file]));
  assertEquals(built.code, 0, built.stderr);
  const text = await Deno.readTextFile(file);

  await t.step("it contains nothing about the machine that built it", () => {
    const secrets = [ROOT, Deno.env.get("HOME")!, "node_modules/", ".deno/"];
    for (const secret of [...secrets, "rollouts-bundle-", "/npm/registry"]) {
      assert(secret === "/" || !text.includes(secret), secret);
    }
  });

  await t.step("it is small, and contains the licenses of its packages", () => {
    assert(text.length < 5_000_000, `${text.length} characters`);
    for (
      const name of ["deno-std 1", "string-width 4", "d3-array 3", "DeepSeek"]
    ) {
      assertStringIncludes(text, name);
    }
  });

  for (const [runtime, [program, ...flags]] of Object.entries(RUNTIMES)) {
    await t.step(`it runs under ${runtime}`, async () => {
      await using mock = await MockOpenRouter.start();
      await using dir = new TempDir();
      const variables = {
        OPENROUTER_API_KEY: "sk-test",
        OPENROUTER_BASE_URL: mock.baseUrl,
      };
      const run = (...args: string[]) =>
        finished(
          startProgram(
            program!,
            [...flags, file, ...args],
            variables,
            dir.path,
          ),
        );
      const model = ["-m", "qwen/qwen3-30b-a3b", "-n", "3"];
      const generate = () => run("generate", "What is 5*10?", ...model);
      assertEquals((await run("--version")).stdout, `rollouts ${VERSION}\n`);
      const first = await generate();
      assertEquals(first.code, 0, first.stderr);
      assertStringIncludes(first.stdout, "── seed 2 (stop)");
      assertEquals((await generate()).stdout, first.stdout);
      assertEquals(mock.answered, 3);
      // One command that draws a table, and one that writes with a separate library.
      const listed = await run("cache", "ls");
      assertStringIncludes(listed.stdout, "qwen/qwen3-30b-a3b");
      const table = ".rollouts/samples.parquet";
      const exported = await run("cache", "export", "-o", table);
      assertEquals(exported.code, 0, exported.stderr);
      const parquet = await Deno.readFile(join(dir.path, table));
      assertEquals(new TextDecoder().decode(parquet.slice(0, 4)), "PAR1");
      const wrong = await run("generat");
      assertEquals(wrong.code, 2);
      assertStringIncludes(wrong.stderr, 'did you mean "generate"?');
    });
  }
});

Deno.test("deno task smoke distinguishes a program that samples from one that does not", async () => {
  const attempt = (...program: string[]) =>
    finished(startDeno(["task", "smoke", ...program]));
  const cli = join(ROOT, "src/cli/main.ts");
  const works = await attempt(Deno.execPath(), "run", "--allow-all", cli);
  assertEquals(works.code, 0, works.stderr);
  // It exits with 0 and samples nothing.
  const does = await attempt(Deno.execPath(), "eval", "console.log(1)");
  assertEquals(does.code, 1);
  assertStringIncludes(
    does.stderr,
    "expected 2 requests and the same output twice, got 0",
  );
});
