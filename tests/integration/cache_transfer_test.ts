import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { packTar, type TarHeader, unpackTar } from "modern-tar";
import { CacheReader } from "../../mod.ts";
import { runCli } from "../support/run_cli.ts";
import { seedFiles } from "../support/seed_files.ts";
import { TempDir } from "../support/temp_dir.ts";
import { writeSample } from "../support/written_sample.ts";

/** Returns the content of each sample of a cache, by its place. */
function samplesIn(cacheDir: string): Map<string, string> {
  const cache = new CacheReader(cacheDir);
  return new Map(
    [...cache.prompts()].flatMap(({ segments, files }) =>
      files.map((file) => {
        const bytes = cache.read(segments, file)!;
        const path = [...segments, file.name].join("/");
        return [path, new TextDecoder().decode(bytes)] as const;
      })
    ),
  );
}

function run(command: string, cacheDir: string, ...args: readonly string[]) {
  return runCli(["cache", command, "--cache-dir", cacheDir, ...args]);
}

async function fill(cacheDir: string, seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) await writeSample(cacheDir, { seed });
}

Deno.test("rollouts cache push and pull copy new samples, and change no others", async () => {
  await using dir = new TempDir();
  const [own, lab] = [join(dir.path, "own"), join(dir.path, "lab")];
  await fill(own, [0, 1]);
  await fill(lab, [1, 2]);
  await writeSample(own, { seed: 3, content: "mine" });
  const theirs = await writeSample(lab, { seed: 3, content: "theirs" });
  const before = await Deno.readTextFile(theirs);
  const push = await run("push", own, lab);
  assertEquals(push.code, 1);
  assertStringIncludes(
    push.stdout,
    `1 sample copied to ${lab}, 1 already there`,
  );
  assertStringIncludes(
    push.stderr,
    "seed_00003.json was not copied: it differs from the sample that exists",
  );
  assertEquals(await Deno.readTextFile(theirs), before);
  assertEquals(samplesIn(lab).size, 4);
  const pull = await run("pull", own, lab);
  assertStringIncludes(
    pull.stdout,
    `1 sample copied to ${own}, 2 already there`,
  );
  assertEquals(samplesIn(own).size, 4);
  const copied = (cacheDir: string) =>
    [...samplesIn(cacheDir)].filter(([path]) => !path.endsWith("3.json"));
  assertEquals(copied(own), copied(lab));
});

Deno.test("rollouts cache push keeps packs, and adds single samples where a pack exists", async () => {
  await using dir = new TempDir();
  const [own, lab] = [join(dir.path, "own"), join(dir.path, "lab")];
  await fill(own, [0, 1, 1000]);
  await run("pack", own);
  const names = () =>
    [...walkSync(lab, { includeDirs: false })].map(({ name }) =>
      name.replace(/\.jsonl\..+/, "")
    ).sort();
  assertEquals((await run("push", own, lab)).code, 0);
  assertEquals(names(), ["samples_00000-00999", "samples_01000-01999"]);
  await fill(own, [2]);
  await run("pack", own);
  const { stdout } = await run("push", own, lab);
  assertStringIncludes(stdout, `1 sample copied to ${lab}, 3 already there`);
  assertEquals(names(), [
    "samples_00000-00999",
    "samples_01000-01999",
    "seed_00002.json",
  ]);
  assertEquals(samplesIn(lab), samplesIn(own));
});

Deno.test("rollouts cache push writes a tar file, extends it, and pull reads it", async () => {
  await using dir = new TempDir();
  const [own, other] = [join(dir.path, "own"), join(dir.path, "other")];
  const tar = join(dir.path, "paper.tar");
  const model = `long/${"m".repeat(190)}`;
  await fill(own, [0, 1]);
  await writeSample(own, { asked: model, content: "“×”" });
  assertEquals((await run("push", own, tar)).code, 0);
  await run("pack", own);
  await fill(own, [2]);
  const { stdout } = await run("push", own, tar);
  assertStringIncludes(stdout, `1 sample copied to ${tar}, 3 already there`);
  const entries = await unpackTar(await Deno.readFile(tar));
  assertEquals(entries.length, 4);
  assertEquals((await run("pull", other, tar)).code, 0);
  assertEquals(samplesIn(other), samplesIn(own));
  // The standard program reads it, too.
  const listed = await new Deno.Command("tar", { args: ["tf", tar] }).output();
  const paths = new TextDecoder().decode(listed.stdout).trim().split("\n");
  assertEquals(paths.sort(), [...samplesIn(own).keys()].sort());
  const left = [...Deno.readDirSync(dir.path)].map(({ name }) => name).sort();
  assertEquals(left, ["other", "own", "paper.tar"]);
});

Deno.test("rollouts cache pull copies only valid samples of a tar file, each to its place", async () => {
  await using dir = new TempDir();
  const [own, source] = [join(dir.path, "own"), join(dir.path, "source")];
  const path = await writeSample(source, { seed: 0 });
  const sample = await Deno.readFile(path);
  const place = path.slice(source.length + 1);
  const key = dirname(place);
  const outside = join(dir.path, "outside");
  const otherKey = key.replace(/.{64}$/, "a".repeat(64))
    .replace(/[^/]{3}(?=\/a{64})/, "aaa");
  const hostile: readonly Partial<TarHeader>[] = [
    { name: `../${place}` },
    { name: `${key}/../../../../../outside` },
    { name: `/${place}` },
    { name: outside },
    { name: place.replace("/", "\\") },
    { name: `..${place.slice(place.indexOf("/"))}` },
    { name: `${key}/.owner-x` },
    { name: `${key}/seed_00000.json.exe` },
    {
      name: `${key}/seed_00001.json`,
      type: "symlink",
      linkname: "/etc/passwd",
    },
    { name: `${key}/seed_00001.json`, type: "link", linkname: place },
    { name: `${key}/seed_00001.json`, type: "fifo" },
  ];
  const misplaced = [`${key}/seed_00001.json`, `${otherKey}/seed_00000.json`];
  const tar = join(dir.path, "hostile.tar");
  await Deno.writeFile(
    tar,
    await packTar([
      ...hostile.map((header) => entry(header, sample)),
      ...misplaced.map((name) => entry({ name }, sample)),
      entry({ name: `${key}/samples_00000-00999.jsonl.gz` }, sample),
      entry({ name: `./${place}` }, sample),
    ]),
  );
  const { code, stdout, stderr } = await run("pull", own, tar);
  assertEquals(code, 1);
  assertStringIncludes(stdout, "1 sample copied");
  assertEquals(
    stderr.split("is not a cache file").length - 1,
    hostile.length,
    stderr,
  );
  assertStringIncludes(stderr, "its seed is 0");
  assertStringIncludes(stderr, "it belongs to ");
  assertStringIncludes(stderr, "it cannot be read");
  assertEquals(seedFiles(own), [join(own, place)]);
  const files = [...walkSync(dir.path, { includeDirs: false })]
    .map(({ path }) => path).sort();
  assertEquals(files, [path, join(own, place), tar].sort());
});

function entry(header: Partial<TarHeader>, data: Uint8Array<ArrayBuffer>) {
  const hasBody = header.type === undefined;
  return {
    header: { name: "", ...header, size: hasBody ? data.length : 0 },
    ...(hasBody ? { data, body: data } : {}),
  };
}

Deno.test("rollouts cache pull and push keep what exists when a tar file is damaged", async () => {
  await using dir = new TempDir();
  const own = join(dir.path, "own");
  await fill(own, [0]);
  const tar = join(dir.path, "x.tar");
  await run("push", own, tar);
  const whole = await Deno.readFile(tar);
  const readme = { name: "README", size: 0, type: "file" } as const;
  const damages = [
    whole.slice(0, 700),
    new TextEncoder().encode("no tar"),
    await packTar([{ header: readme }]),
  ];
  for (const damaged of damages) {
    await Deno.writeFile(tar, damaged);
    for (const command of ["push", "pull"]) {
      const { code, stderr } = await run(command, own, tar);
      assert(code > 0, `${command} ${code}`);
      assertStringIncludes(stderr, tar);
    }
    assertEquals(await Deno.readFile(tar), damaged);
  }
  assertEquals([...Deno.readDirSync(dir.path)].length, 2);
});

Deno.test("rollouts cache pull reports how many samples it copied before a damaged part", async () => {
  await using dir = new TempDir();
  const [own, other] = [join(dir.path, "own"), join(dir.path, "other")];
  await fill(own, [0, 1, 2]);
  const tar = join(dir.path, "x.tar");
  await run("push", own, tar);
  const size = (await Deno.stat(tar)).size;
  // The end of the archive, and a part of its last sample.
  await Deno.truncate(tar, size - 2000);
  const { code, stderr } = await run("pull", other, tar);
  assertEquals(code, 1);
  const [, copied] = stderr.match(
    /(\d+) samples? copied to .*, before an error/,
  )!;
  assertEquals(Number(copied), samplesIn(other).size);
  assertStringIncludes(stderr, `${tar} is not a tar file, or is damaged: `);
});

Deno.test("rollouts cache push and pull refuse compressed files, streams, and other machines", async () => {
  await using dir = new TempDir();
  const own = join(dir.path, "own");
  await fill(own, [0]);
  const names = ["x.tar.gz", "x.tgz", "x.TAR.ZST", "x.zip"];
  for (
    const to of [
      ...names.map((name) => join(dir.path, name)),
      "-",
      "user@host:/path",
      "host:/path",
      "s3://bucket/path",
    ]
  ) {
    const { code, stdout, stderr } = await run("push", own, to);
    assertEquals([code, stdout], [2, ""], stderr);
    assertStringIncludes(stderr, `cannot write to ${to}: `);
    assertStringIncludes(stderr, "only to a directory or FILE.tar");
  }
  assertEquals([...Deno.readDirSync(dir.path)].length, 1);
  for (const name of names) {
    const path = join(dir.path, name);
    await Deno.writeTextFile(path, "compressed");
    const { code, stderr } = await run("pull", own, path);
    assertEquals(code, 2);
    assertStringIncludes(
      stderr,
      `${path} is not a tar file or a cache directory: decompress it first`,
    );
  }
});
