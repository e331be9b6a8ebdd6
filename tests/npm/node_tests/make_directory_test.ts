import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import {
  factsOfEntry,
  makeDirectory,
} from "../../../src/platform/node/file_system.ts";
import { TempDir } from "../../support/temp_dir.ts";

Deno.test("makeDirectory() makes a directory and those above it, and leaves what is there", async () => {
  await using dir = new TempDir();
  const path = join(dir.path, "a/b/c");
  makeDirectory(path);
  makeDirectory(path);
  assertEquals(factsOfEntry(path).isDirectory, true);
  await Deno.writeTextFile(join(path, "file"), "");
  assertThrows(() => makeDirectory(join(path, "file")), Error, "EEXIST");
  assertThrows(() => makeDirectory(join(path, "file/d")), Error, "ENOTDIR");
});

Deno.test({
  name:
    "makeDirectory() fails where the system says that a parent that is there is not",
  // It is Linux that has such a place.
  ignore: Deno.build.os !== "linux",
  fn() {
    assertThrows(() => makeDirectory("/proc/none/a"), Error, "ENOENT");
  },
});
