import { assertEquals } from "@std/assert";
import process from "node:process";
import { MockOpenRouter } from "../../../src/testing/mod.ts";
import { askMock } from "../../support/ask_mock.ts";
import { until } from "../../support/until.ts";

Deno.test("MockOpenRouter causes no Node warning while many requests wait", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  try {
    await using server = await MockOpenRouter.start({ latencyMs: 60_000 });
    const asked = Array.from(
      { length: 12 },
      () => askMock(server).then((answer) => answer.text()),
    );
    await until(() => server.inFlight === 12);
    await server[Symbol.asyncDispose]();
    await Promise.allSettled(asked);
  } finally {
    process.off("warning", note);
  }
  assertEquals(warnings, []);
});
