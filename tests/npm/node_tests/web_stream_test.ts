import { assertEquals, assertRejects } from "@std/assert";
import { Readable } from "node:stream";
import { webStream } from "../../../src/platform/node/web_stream.ts";

Deno.test("webStream() passes on the chunks and the end of a stream", async () => {
  const stream = Readable.from(["a", "b"], { objectMode: false });
  assertEquals(await new Response(webStream(stream)).text(), "ab");
});

Deno.test("webStream() passes on the error of a stream", async () => {
  const stream = new Readable({
    read() {
      this.destroy(new Error("no disk"));
    },
  });
  const reader = webStream(stream).getReader();
  await assertRejects(() => reader.read(), Error, "no disk");
});

Deno.test("webStream() destroys the stream when canceled before, during, and after reading", async () => {
  for (const reads of [0, 1, 2]) {
    const stream = new Readable({ read() {} });
    const reader = webStream(stream).getReader();
    if (reads > 0) stream.push("a");
    if (reads > 0) await reader.read();
    const last = reads > 1 ? reader.read() : null;
    await reader.cancel();
    assertEquals(stream.destroyed, true);
    assertEquals((await last)?.done ?? true, true);
  }
});
