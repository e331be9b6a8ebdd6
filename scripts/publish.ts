/**
 * Publishes the package. It runs `deno publish` on a copy of the package's files, as the only member of a
 * workspace that has the `links/` and the compiler options. So the published files import `jsr:@std/…`,
 * and the published `deno.json` has only what users need.
 *
 * Arguments such as `--dry-run` are passed to `deno publish`.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { copyTree } from "./copy_tree.ts";

const root = fromFileUrl(new URL("../", import.meta.url));
const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
const { name, version, license, exports, publish, ...own } = config;
// Only tests and the examples in doc comments import assertions.
const { "@std/assert": _, ...imports } = config.imports;
const stage = await Deno.makeTempDir({ prefix: "rollouts-publish-" });
try {
  const copy = join(stage, "package");
  await Deno.mkdir(copy);
  await copyTree(join(root, "links"), join(stage, "links"));
  for (const included of publish.include) {
    await copyTree(join(root, included), join(copy, included));
  }
  for (const excluded of publish.exclude) {
    await Deno.remove(join(copy, excluded), { recursive: true });
  }
  await writeJson(join(stage, "deno.json"), {
    workspace: ["./package"],
    links: own.links,
    unstable: own.unstable,
    compilerOptions: own.compilerOptions,
  });
  const published = { name, version, license, exports, imports };
  await writeJson(join(copy, "deno.json"), published);
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", ...Deno.args],
    cwd: copy,
  }).spawn().status;
  Deno.exitCode = code;
} finally {
  await Deno.remove(stage, { recursive: true });
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(value, null, 2) + "\n");
}
