import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { commandWords, documentBlocks, NPX } from "../support/document.ts";
import { startPublishedRegistry } from "../support/published_registry.ts";
import {
  finished,
  ROOT,
  startDeno,
  startProgram,
  startScript,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

/** The quick start, and the commands below it, by the words that tell them apart. */
const [QUICK_START] = documentBlocks("ts") as [string];
const COMMANDS = documentBlocks("sh").flatMap((block) =>
  block.trim().split("\n")
);

function command(...words: string[]): string {
  const found = COMMANDS.filter((line) =>
    words.every((word) => line.includes(word))
  );
  assertEquals(found.length, 1, words.join());
  return found[0]!;
}

/** Deno's arguments in a command, with the mock in the API's place. */
function denoArgs(line: string): string[] {
  assert(line.startsWith(NPX), line);
  return commandWords(
    line.slice(NPX.length).replace(
      "--allow-net=openrouter.ai",
      "--no-prompt --allow-net=127.0.0.1",
    ),
  );
}

/** What a program says that the mock has five samples for. */
async function assertSamples(
  mock: MockOpenRouter,
  child: Deno.ChildProcess,
): Promise<void> {
  const { code, stdout, stderr } = await finished(child);
  assertEquals(code, 0, stderr);
  assert(stdout.length > 0);
  assertEquals(mock.answered, 5);
}

function env(mock: MockOpenRouter): Record<string, string> {
  return { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: mock.baseUrl };
}

Deno.test("README, start: with Deno, from JSR", async () => {
  await using registry = await startPublishedRegistry();
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const variables = { ...env(mock), JSR_URL: registry.url };
  const add = denoArgs(command("add jsr:"));
  const added = await finished(startDeno(add, variables, dir.path));
  assertEquals(added.code, 0, added.stderr);
  await Deno.writeTextFile(join(dir.path, "quick_start.ts"), QUICK_START);
  const run = denoArgs(command("quick_start.ts"));
  await assertSamples(mock, startDeno(run, variables, dir.path));
});

Deno.test("README, start: as a command of Deno's, from JSR", async () => {
  await using registry = await startPublishedRegistry();
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const variables = { ...env(mock), JSR_URL: registry.url };
  const run = denoArgs(command("jsr:@rollouts/client/cli"));
  await assertSamples(mock, startDeno(run, variables, dir.path));
});

Deno.test("README, start: with Node, from npm, as a library and as a command", async () => {
  await using dir = new TempDir();
  const built = join(dir.path, "built");
  const { code, stderr } = await finished(startDeno(["task", "npm", built]));
  assertEquals(code, 0, stderr);
  const npm = (args: string[], cwd: string) =>
    finished(startProgram("npm", args, {}, cwd));
  const { stdout: tarball } = await npm(["pack", "--silent"], built);
  const user = join(dir.path, "user");
  await Deno.mkdir(user);
  // No registry has this version yet: what it would send is taken from here.
  const packed = join(built, tarball.trim());
  const install = commandWords(command("npm install")).slice(1)
    .map((word) => word === "@rollouts/client" ? packed : word);
  const installed = await npm(install, user);
  assertEquals(installed.code, 0, installed.stderr);

  await Deno.writeTextFile(join(user, "quick_start.mjs"), QUICK_START);
  await using mock = await MockOpenRouter.start();
  const [node, ...script] = commandWords(command("quick_start.mjs"));
  await assertSamples(mock, startProgram(node!, script, env(mock), user));

  await using other = await MockOpenRouter.start();
  const [npx, ...args] = commandWords(command("npx --yes @rollouts/client"));
  await assertSamples(other, startProgram(npx!, args, env(other), user));
});

Deno.test("README, start: as one file, by Deno and by Node", async () => {
  await using dir = new TempDir();
  const file = join(dir.path, "rollouts.js");
  const bundle = [...denoArgs(command("task bundle")), file];
  const { code, stderr } = await finished(startDeno(bundle));
  assertEquals(code, 0, stderr);
  const here = (words: string[]) =>
    words.map((word) => word === "dist/rollouts.js" ? file : word);
  await using mock = await MockOpenRouter.start();
  const run = here(denoArgs(command("--allow-net", "dist/rollouts.js")));
  await assertSamples(mock, startDeno(run, env(mock), dir.path));
  await using other = await MockOpenRouter.start();
  await Deno.remove(join(dir.path, ".rollouts"), { recursive: true });
  const [node, ...args] = here(
    commandWords(COMMANDS.find((line) => line.startsWith("node dist"))!),
  );
  await assertSamples(other, startProgram(node!, args, env(other), dir.path));
});

Deno.test("README: the permissions of the table are enough in a checkout, the cache's directory made", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = join(dir.path, "example.ts");
  await Deno.writeTextFile(file, QUICK_START);
  const run = (permissions: readonly string[]) =>
    finished(
      startScript(file, { permissions, env: env(mock), cwd: dir.path }),
    );
  const variables = "--allow-env=OPENROUTER_API_KEY,OPENROUTER_BASE_URL";
  const first = await run([
    "--allow-net=127.0.0.1",
    `--allow-read=.rollouts,${ROOT}src,${ROOT}workers`,
    "--allow-write=.rollouts",
    variables,
  ]);
  assertEquals([first.code, first.stderr], [0, ""]);
  const cached = await run(["--allow-read=.rollouts", variables]);
  assertEquals([cached.code, cached.stderr], [0, ""]);
  assertStringIncludes(cached.stdout, first.stdout);
});
