import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  commandWords,
  documentBlocks,
  INSTALLED,
} from "../support/document.ts";
import { startPublishedRegistry } from "../support/published_registry.ts";
import {
  finished,
  ROOT,
  startDeno,
  startProgram,
  startScript,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

/** The quick start of the README, and the commands of the README and of the page on permissions. */
const [QUICK_START] = documentBlocks("ts") as [string];
const COMMANDS = ["README.md", "docs/security.md"].flatMap((document) =>
  documentBlocks("sh", document).flatMap((block) => block.trim().split("\n"))
);

function command(...words: string[]): string {
  const found = COMMANDS.filter((line) =>
    words.every((word) => line.includes(word))
  );
  assertEquals(found.length, 1, words.join());
  return found[0]!.replace(/ +# .*$/, "");
}

/** Returns Deno's arguments in a command, which may only reach the mock. */
function denoArgs(line: string): string[] {
  assert(line.startsWith("deno "), line);
  return commandWords(
    line.slice("deno ".length).replace(
      "--allow-net=openrouter.ai",
      "--no-prompt --allow-net=127.0.0.1",
    ),
  );
}

/** Checks that a program prints the five samples that it gets from the mock. */
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

Deno.test("README: install and quick start with Deno, from JSR", async () => {
  await using registry = await startPublishedRegistry();
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const variables = { ...env(mock), JSR_URL: registry.url };
  const add = denoArgs(command("add jsr:"));
  const added = await finished(startDeno(add, variables, dir.path));
  assertEquals(added.code, 0, added.stderr);
  await Deno.writeTextFile(join(dir.path, "quick_start.mjs"), QUICK_START);
  const run = denoArgs(command("deno run", "quick_start.mjs"));
  await assertSamples(mock, startDeno(run, variables, dir.path));
});

Deno.test("docs/cli.md: the command with Deno, from JSR", async () => {
  await using registry = await startPublishedRegistry();
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const guide = await Deno.readTextFile(join(ROOT, "docs/cli.md"));
  const [, run] = /`deno (run -A jsr:\S+)`/.exec(guide)!;
  const [, , ...args] = commandWords(command(`${INSTALLED} generate`));
  await assertSamples(
    mock,
    startDeno(
      [...commandWords(run!), ...args],
      { ...env(mock), JSR_URL: registry.url },
      dir.path,
    ),
  );
});

Deno.test("README: install, quick start, and command with Node, from npm", async () => {
  await using dir = new TempDir();
  const built = join(dir.path, "built");
  const { code, stdout, stderr } = await finished(
    startDeno(["task", "npm", built]),
  );
  assertEquals(code, 0, stderr);
  assertMatch(stdout, /^Built \S+ \(\d+ files, \d+ kB\)\n$/);
  const npm = (args: string[], cwd: string) =>
    finished(startProgram("npm", args, {}, cwd));
  const { stdout: tarball } = await npm(["pack", "--silent"], built);
  const user = join(dir.path, "user");
  await Deno.mkdir(user);
  // No registry has this version yet, so it is installed from the file.
  const packed = join(built, tarball.trim());
  const install = commandWords(command("npm install")).slice(1)
    .map((word) => word === "@rollouts/client" ? packed : word);
  const installed = await npm(install, user);
  assertEquals(installed.code, 0, installed.stderr);

  await Deno.writeTextFile(join(user, "quick_start.mjs"), QUICK_START);
  await using mock = await MockOpenRouter.start();
  await assertSamples(
    mock,
    startProgram("node", ["quick_start.mjs"], env(mock), user),
  );

  await using other = await MockOpenRouter.start();
  const [npx, ...args] = commandWords(command(`${INSTALLED} generate`));
  await assertSamples(other, startProgram(npx!, args, env(other), user));
});

Deno.test("docs/security.md: the listed permissions suffice in a clone and to create the cache", async () => {
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
