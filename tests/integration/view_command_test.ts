import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { INDEX_FILE } from "../../src/viewer/open_view_index.ts";
import { fillCache, readCache } from "../support/cache_commands.ts";
import { whenTold } from "../support/cache_view.ts";
import { freePort } from "../support/free_port.ts";
import { HOSTILE_TEXTS } from "../support/hostile_texts.ts";
import { runCli } from "../support/run_cli.ts";
import { finished, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { writeSample } from "../support/written_sample.ts";

/**
 * Runs `rollouts view` with only the given permissions. Returns the printed URL and a way to stop
 * it.
 */
async function startView(
  permissions: readonly string[],
  args: readonly string[],
) {
  const child = startScript("src/cli/main.ts", { permissions }, [
    "view",
    ...args,
  ]);
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value: line } = await reader.read();
  const url = line?.trim() ?? "";
  const end = async () => {
    child.kill("SIGINT");
    await reader.cancel();
    const stderr = await new Response(child.stderr).text();
    return { code: (await child.status).code, stderr };
  };
  return { url, end };
}

const ask = async (url: string, path: string) =>
  await (await fetch(`${url}api/${path}`)).json();

Deno.test("rollouts view serves a cache until Ctrl-C, with only the documented permissions", async () => {
  await using dir = new TempDir();
  await writeSample(dir.path, { content: "\\boxed{4}" });
  const port = await freePort();
  const { url, end } = await startView(
    [`--allow-read=${dir.path}`, `--allow-net=127.0.0.1:${port}`],
    [dir.path, "--port", String(port)],
  );
  assert(
    new RegExp(`^http://127\\.0\\.0\\.1:${port}/[\\w-]{32}/$`).test(url),
    url,
  );
  const { changed: [set], cacheDirs } = await ask(url, "sets?since=0");
  assertEquals(cacheDirs, [dir.path]);
  const [{ boxed }] = await ask(url, `answers?set=${set.id}`);
  assertEquals(boxed.answers, { "seed_00000.json": "4" });
  await writeSample(dir.path, { prompt: "Another", content: "later" });
  await whenTold(
    () => ask(url, "search?query=later&limit=9"),
    ({ total }) => total === 1,
  );
  assertEquals(await end(), { code: 0, stderr: "" });
  assertEquals(
    await Array.fromAsync(Deno.readDir(dir.path)).then((all) => all.length),
    1,
  );
});

Deno.test("rollouts view keeps an index if it can write, and other commands ignore it", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fillCache(dir, mock);
  const permissions = [
    `--allow-read=${dir.path}`,
    `--allow-write=${join(dir.path, INDEX_FILE)}`,
    "--allow-net=127.0.0.1",
  ];
  const { url, end } = await startView(permissions, ["--cache-dir", dir.path]);
  await whenTold(
    () => ask(url, "sets?since=0"),
    ({ reading }) => reading === null,
  );
  assertEquals(await end(), { code: 0, stderr: "" });
  const index = join(dir.path, INDEX_FILE);
  assert((await Deno.stat(index)).size > 0);
  assertEquals((await readCache(dir, "verify")).code, 0);
  const rows = JSON.parse((await readCache(dir, "ls", "--json")).stdout);
  assertEquals(rows.length, 3);
  await runCli(["cache", "prune", "--stale", "--yes", "--cache-dir", dir.path]);
  await runCli([
    "cache",
    "prune",
    "--older-than",
    "0h",
    "--yes",
    "--cache-dir",
    dir.path,
  ]);
  assert((await Deno.stat(index)).size > 0);
});

Deno.test("rollouts view applies its filters, known answers, and a custom answer rule", async () => {
  await using dir = new TempDir();
  await writeSample(dir.path, { prompt: "2+2?", content: "ANSWER: four" });
  await writeSample(dir.path, {
    prompt: "2+2?\n<think>\nTwo",
    content: "ANSWER: Four",
  });
  await writeSample(dir.path, { prompt: "3+3?", content: "ANSWER: six" });
  await writeSample(dir.path, { asked: "other", prompt: "2+2?" });
  const truths = join(dir.path, "truths.jsonl");
  await Deno.writeTextFile(truths, '{"prompt": "2+2?", "right": "four"}\n');
  const { url, end } = await startView(
    [`--allow-read=${dir.path}`, "--allow-net=127.0.0.1"],
    [
      dir.path,
      ...["-m", "qwq", "--prompt", "2+2"],
      ...["--answer", "/ANSWER: (\\w+)/", "--labels", truths],
      ...["--label-field", "right"],
    ],
  );
  const { changed, answerRules, givenRule } = await ask(url, "sets?since=0");
  assertEquals(answerRules, ["given", "boxed", "number", "choice"]);
  assertEquals(givenRule, "given");
  assertEquals(changed.length, 2);
  await whenTold(
    () => ask(url, "sets?since=0"),
    ({ reading }) => reading === null,
  );
  for (const { id } of changed) {
    const [{ given: { answers, truth } }] = await ask(url, `answers?set=${id}`);
    assertEquals(answers["seed_00000.json"], truth);
    assertEquals(truth.toLowerCase(), "four");
  }
  const { total } = await ask(url, "search?query=answer&limit=9");
  assertEquals(total, 2);
  assertEquals((await end()).code, 0);
});

async function exported(dir: TempDir, ...args: string[]) {
  return await finished(startScript("src/cli/main.ts", {
    permissions: [`--allow-read=${dir.path}`, `--allow-write=${dir.path}`],
  }, ["view", join(dir.path, "cache"), ...args]));
}

/** The data blocks of a page, by id. */
function blocks(html: string): Record<string, string> {
  const found = html.matchAll(
    /<script type="application\/json" id="([\w-]+)">(.*?)<\/script>/gs,
  );
  return Object.fromEntries(Array.from(found, ([, id, json]) => [id, json!]));
}

Deno.test("rollouts view --export writes one page without hostile markup or paths above the cache", async () => {
  await using dir = new TempDir();
  const cache = join(dir.path, "cache");
  for (const [seed, content] of HOSTILE_TEXTS.entries()) {
    await writeSample(cache, { seed, content, prompt: HOSTILE_TEXTS.join() });
  }
  const broken = await writeSample(cache, { seed: 99 });
  await Deno.writeTextFile(broken, "{");
  const file = join(dir.path, "out.html");
  const { code, stdout, stderr } = await exported(dir, "--export", file);
  assertEquals([code, stdout, stderr], [0, `${file}\n`, ""]);
  const html = await Deno.readTextFile(file);
  assertEquals(html.includes(dir.path), false);
  const { view, ...sets } = blocks(html);
  const { changes } = JSON.parse(view!);
  assertEquals([changes.cacheDirs, changes.leftOut, changes.reading], [
    ["cache"],
    null,
    null,
  ]);
  assertEquals(
    Object.keys(sets).toSorted(),
    changes.changed.map(({ id }: { id: string }) => `set-${id}`).toSorted(),
  );
  const contents = Object.values(sets).flatMap((json) => {
    assertEquals(json.includes("<"), false);
    const { texts } = JSON.parse(json);
    return Object.values(texts as Record<string, { content: string }>)
      .map(({ content }) => content);
  });
  assertEquals(contents.toSorted(), HOSTILE_TEXTS.toSorted());
  assertEquals([...Deno.readDirSync(cache)].length, 1);
});

Deno.test("rollouts view --export keeps the old page if it cannot write a new one", async () => {
  await using dir = new TempDir();
  await writeSample(join(dir.path, "cache"));
  const file = join(dir.path, "out.html");
  await Deno.writeTextFile(file, "before");
  const wrong = await exported(dir, "--export", file, "--port", "1");
  assertEquals(wrong.code, 2);
  const other = await exported(dir, "--export", join(dir.path, "out.txt"));
  assertEquals(other.code, 2);
  assertStringIncludes(other.stderr, "--export must end in .html");
  const some = await exported(dir, "--export", file, "-m", "absent");
  assertEquals(some.code, 0);
  const { view } = blocks(await Deno.readTextFile(file));
  assertEquals(
    JSON.parse(view!).changes.leftOut,
    "A part of the cache: model with “absent”",
  );
  assertEquals(
    [...Deno.readDirSync(dir.path)].map(({ name }) => name).toSorted(),
    ["cache", "out.html"],
  );
});

Deno.test("rollouts view explains an invalid command line", async () => {
  await using dir = new TempDir();
  const run = (...args: string[]) =>
    finished(startScript("src/cli/main.ts", {
      permissions: [`--allow-read=${dir.path}`],
    }, ["view", ...args]));
  const none = await run(join(dir.path, "none"));
  assertEquals(none.code, 2);
  assertStringIncludes(
    none.stderr,
    `the cache directory ${
      join(dir.path, "none")
    } does not exist: check its path`,
  );
  const two = await run(dir.path, dir.path);
  assertEquals(two.code, 2);
  const rule = await run(dir.path, "--answer", "/(/");
  assertStringIncludes(rule.stderr, "--answer");
  const port = await run(dir.path, "--port", "70000");
  assertStringIncludes(port.stderr, "--port must be an integer");
});
