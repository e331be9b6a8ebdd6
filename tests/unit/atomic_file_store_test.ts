import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import { AtomicFileStore } from "../../src/cache/atomic_file_store.ts";
import { CacheError } from "../../src/errors.ts";

const DIRECTORY = ["model", "t0.7", "abc", "abcdef"];
const ONE = "seed_00001.json";
const SEVEN = "seed_00007.json";

async function inTempDir(test: (root: string) => void): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("AtomicFileStore reads what it wrote", () =>
  inTempDir((root) => {
    const store = new AtomicFileStore(join(root, "cache"), { durable: false });
    assertEquals(store.read(DIRECTORY, SEVEN), null);
    store.write(DIRECTORY, SEVEN, () => "seven");
    store.write(DIRECTORY, "seed_123456.json", () => "many");
    assertEquals(store.read(DIRECTORY, SEVEN), "seven");
    const names = [...Deno.readDirSync(store.path(DIRECTORY))];
    assertEquals(names.map(({ name }) => name).sort(), [
      "seed_00007.json",
      "seed_123456.json",
    ]);
  }));

Deno.test("AtomicFileStore.write() writes the same file if it is durable", () =>
  inTempDir((root) => {
    const store = new AtomicFileStore(root, { durable: true });
    store.write(DIRECTORY, ONE, () => "one");
    assertEquals(store.read(DIRECTORY, ONE), "one");
  }));

Deno.test("AtomicFileStore.write() creates a directory again when it has vanished", () =>
  inTempDir((root) => {
    const store = new AtomicFileStore(root, { durable: false });
    store.write(DIRECTORY, ONE, () => "one");
    Deno.removeSync(store.path(DIRECTORY), { recursive: true });
    store.write(DIRECTORY, SEVEN, () => "two");
    assertEquals(store.read(DIRECTORY, SEVEN), "two");
  }));

Deno.test("AtomicFileStore.write() throws a CacheError with the path when a directory is a file", () =>
  inTempDir((root) => {
    Deno.writeTextFileSync(join(root, "model"), "");
    const store = new AtomicFileStore(root, { durable: false });
    const error = assertThrows(
      () => store.write(DIRECTORY, ONE, () => "one"),
      CacheError,
      "cannot write",
    );
    assertEquals(error.path, join(store.path(DIRECTORY), ONE));
  }));

Deno.test("AtomicFileStore.quarantine() keeps the file under another name", () =>
  inTempDir((root) => {
    const store = new AtomicFileStore(root, { durable: false });
    store.write(DIRECTORY, ONE, () => "broken");
    const aside = store.quarantine(DIRECTORY, ONE);
    assertEquals(store.read(DIRECTORY, ONE), null);
    assertEquals(Deno.readTextFileSync(aside), "broken");
  }));

Deno.test("AtomicFileStore.write() leaves no temporary file when the rename fails", () =>
  inTempDir((root) => {
    const store = new AtomicFileStore(root, { durable: false });
    const path = store.path(DIRECTORY);
    Deno.mkdirSync(join(path, "seed_00001.json", "x"), { recursive: true });
    assertThrows(() => store.write(DIRECTORY, ONE, () => "one"), CacheError);
    assertEquals([...Deno.readDirSync(path)].length, 1);
  }));

Deno.test("AtomicFileStore names its root alone when nothing can be written below it", () =>
  inTempDir((root) => {
    const file = join(root, "file");
    Deno.writeTextFileSync(file, "");
    const cacheDir = join(file, "cache");
    const store = new AtomicFileStore(cacheDir, { durable: false });
    for (
      const act of [
        () => store.prepare(DIRECTORY),
        () => store.write(DIRECTORY, ONE, () => "one"),
      ]
    ) {
      const { message, path } = assertThrows(act, CacheError);
      assertEquals(path, cacheDir);
      assertStringIncludes(
        message,
        `cannot write into the cache directory ${cacheDir}: `,
      );
      assertStringIncludes(message, "; set cacheDir to another directory");
      assertEquals(message.split(file).length, 2);
    }
  }));

Deno.test("AtomicFileStore.prepare() creates an empty directory, or throws if it is not writable", () =>
  inTempDir((root) => {
    const store = new AtomicFileStore(root, { durable: false });
    store.prepare(DIRECTORY);
    assertEquals([...Deno.readDirSync(store.path(DIRECTORY))], []);
    Deno.writeTextFileSync(join(root, "other"), "");
    assertThrows(
      () => store.prepare(["other", "x"]),
      CacheError,
      "cannot write",
    );
  }));
