import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import { fs } from "../../../src/platform/node/fs.ts";
import { TempDir } from "../../support/temp_dir.ts";

Deno.test("fs.ensureDirectory() creates a directory and its parents, and keeps existing ones", async () => {
  await using dir = new TempDir();
  const path = join(dir.path, "a/b/c");
  fs.ensureDirectory(path);
  fs.ensureDirectory(path);
  assertEquals(fs.lstat(path).isDirectory, true);
  await Deno.writeTextFile(join(path, "file"), "");
  assertThrows(() => fs.ensureDirectory(join(path, "file")), Error, "EEXIST");
  assertThrows(
    () => fs.ensureDirectory(join(path, "file/d")),
    Error,
    "ENOTDIR",
  );
});

Deno.test({
  name:
    "fs.ensureDirectory() fails if the system reports an existing parent as missing",
  // Only Linux has such a directory.
  ignore: Deno.build.os !== "linux",
  fn() {
    assertThrows(() => fs.ensureDirectory("/proc/none/a"), Error, "ENOENT");
  },
});
