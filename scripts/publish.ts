/**
 * Publishes the package: `deno publish` from a copy in which `links/` stands beside the package, not
 * in it. What is published so names `jsr:@std/…`, and holds no stand-ins for it.
 *
 * Arguments are passed on, such as `--dry-run`.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";

const root = fromFileUrl(new URL("../", import.meta.url));
const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
const stage = await Deno.makeTempDir({ prefix: "rollouts-publish-" });
try {
  const copy = join(stage, "package");
  await Deno.mkdir(copy);
  await copyTree(join(root, "links"), join(stage, "links"));
  for (const name of config.publish.include) {
    await copyTree(join(root, name), join(copy, name));
  }
  const links = config.links.map((link: string) => `.${link}`);
  await Deno.writeTextFile(
    join(copy, "deno.json"),
    JSON.stringify({ ...config, links }, null, 2),
  );
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", ...Deno.args],
    cwd: copy,
  }).spawn().status;
  Deno.exitCode = code;
} finally {
  await Deno.remove(stage, { recursive: true });
}

async function copyTree(from: string, to: string): Promise<void> {
  if (!(await Deno.stat(from)).isDirectory) return Deno.copyFile(from, to);
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    await copyTree(join(from, name), join(to, name));
  }
}
