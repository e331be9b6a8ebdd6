import { assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { fs } from "../../../src/platform/node/fs.ts";
import { TempDir } from "../../support/temp_dir.ts";

Deno.test("fs.openReadable() can be canceled at any moment, even while the file ends", async () => {
  await using dir = new TempDir();
  const file = join(dir.path, "lines");
  await Deno.writeTextFile(file, "a line\n");
  const decoder = new TextDecoder();
  const giveUp = async (turns: number) => {
    const reader = (await fs.openReadable(file)).getReader();
    const { value } = await reader.read();
    assertEquals(decoder.decode(value), "a line\n");
    for (let i = 0; i < turns; i++) await new Promise(setImmediate);
    await reader.cancel();
  };
  await Promise.all(Array.from({ length: 100 }, (_, i) => giveUp(i % 10)));
  // An uncaught exception in the meantime fails this test.
  assertEquals(
    await new Response(await fs.openReadable(file)).text(),
    "a line\n",
  );
});
