import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import { fs } from "../../../src/platform/node/fs.ts";
import { TempDir } from "../../support/temp_dir.ts";

Deno.test("fs.ensureDirectory() makes a directory and those above it, and leaves what is there", async () => {
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
    "fs.ensureDirectory() fails where the system says that a parent that is there is not",
  // Only Linux has such a directory.
  ignore: Deno.build.os !== "linux",
  fn() {
    assertThrows(() => fs.ensureDirectory("/proc/none/a"), Error, "ENOENT");
  },
});
