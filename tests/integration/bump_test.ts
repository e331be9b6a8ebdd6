import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import {
  changelogSections,
  lastReleased,
  releaseChangelog,
} from "../../scripts/changelog.ts";
import { finished, ROOT, startDeno } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const CHANGELOG = Deno.readTextFileSync(join(ROOT, "CHANGELOG.md"));
const CONFIG = Deno.readTextFileSync(join(ROOT, "deno.json"));
const { version: CURRENT, tasks: TASKS } = JSON.parse(CONFIG);

/** Creates a repository with this checkout's version, in which a release can be prepared. */
async function repository(): Promise<TempDir> {
  const dir = new TempDir();
  const unreleased = "## [Unreleased]\n\n### Added\n\n- A thing.\n";
  const changelog = CHANGELOG.replace(/^## \[Unreleased\]\n/m, unreleased);
  await Deno.writeTextFile(join(dir.path, "deno.json"), CONFIG);
  await Deno.writeTextFile(join(dir.path, "CHANGELOG.md"), changelog);
  await git(dir, "init", "--quiet");
  await commit(dir);
  return dir;
}

async function commit(dir: TempDir): Promise<void> {
  await git(dir, "add", "--all");
  const user = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
  await git(dir, ...user, "commit", "--quiet", "--message", "A commit");
}

async function git(dir: TempDir, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args,
    cwd: dir.path,
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return decoder.decode(stdout);
}

/** Runs the task's command in a repository. */
function bump(dir: TempDir, ...args: string[]): ReturnType<typeof finished> {
  const command: string = TASKS.bump.command;
  const words = ["run", "--quiet", ...command.split(" ").slice(2)]
    .map((word) =>
      word.replace(/^(--lock=)?(?=deno\.lock|scripts\/)/, `$1${ROOT}`)
    );
  return finished(startDeno([...words, ...args], {}, dir.path));
}

Deno.test("deno task bump writes the version into deno.json and the changelog, and nothing else", async () => {
  await using dir = await repository();
  const { code, stdout, stderr } = await bump(dir, "99.0.0");
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "git tag v99.0.0");
  assertEquals(
    await Deno.readTextFile(join(dir.path, "deno.json")),
    CONFIG.replace(`"version": "${CURRENT}"`, '"version": "99.0.0"'),
  );
  const changelog = await Deno.readTextFile(join(dir.path, "CHANGELOG.md"));
  assertEquals(lastReleased(changelog), "99.0.0");
  assertMatch(changelog, /^## \[99\.0\.0\] - \d{4}-\d\d-\d\d$/m);
  assertEquals(
    await git(dir, "status", "--porcelain"),
    " M CHANGELOG.md\n M deno.json\n",
  );
});

Deno.test("deno task bump fails if the working tree has changes", async () => {
  await using dir = await repository();
  await Deno.writeTextFile(join(dir.path, "new.ts"), "");
  const { code, stderr } = await bump(dir, "patch");
  assertEquals(code, 1);
  assertStringIncludes(stderr, "uncommitted changes:\n?? new.ts");
  assertEquals(await Deno.readTextFile(join(dir.path, "deno.json")), CONFIG);
});

Deno.test("deno task bump fails if the version is not newer than the last release", async () => {
  await using dir = await repository();
  await bump(dir, "99.0.0");
  await commit(dir);
  const { code, stderr } = await bump(dir, "98.0.0");
  assertEquals([code, stderr], [
    1,
    "bump: the version must be newer than 99.0.0, got 98.0.0\n",
  ]);
});

Deno.test("the version is the same in deno.json, the changelog and the command", async () => {
  // Before the first release, the changelog contains no version.
  assertEquals(lastReleased(CHANGELOG) ?? CURRENT, CURRENT);
  const cli = await finished(startDeno(["task", "cli", "--version"]));
  assertEquals(cli.stdout, `rollouts ${CURRENT}\n`);
});

Deno.test("scripts/release_notes.ts prints the changelog of the tag's version, and fails on another tag", async () => {
  await using dir = new TempDir();
  for (const name of ["changelog.ts", "release_notes.ts"]) {
    await Deno.mkdir(join(dir.path, "scripts"), { recursive: true });
    const file = join(dir.path, "scripts", name);
    await Deno.copyFile(join(ROOT, "scripts", name), file);
  }
  const version = "99.0.0";
  const config = JSON.stringify({ name: "@rollouts/client", version });
  await Deno.writeTextFile(join(dir.path, "deno.json"), config);
  const [unreleased] = changelogSections(CHANGELOG);
  const text = unreleased!.text || "- A thing.";
  await Deno.writeTextFile(
    join(dir.path, "CHANGELOG.md"),
    releaseChangelog(`# C\n\n## [Unreleased]\n\n${text}\n`, {
      version,
      date: "2026-01-31",
    }),
  );
  const notes = (tag: string) =>
    finished(startDeno(
      ["run", "--allow-read=.", "scripts/release_notes.ts", tag],
      {},
      dir.path,
    ));
  assertEquals((await notes("v99.0.0")).stdout, `${text}\n`);
  const other = await notes("v98.0.0");
  assertEquals(other.code, 1);
  assertStringIncludes(other.stderr, "the tag must be v99.0.0, got v98.0.0");
});
