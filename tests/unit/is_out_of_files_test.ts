import { assertEquals } from "@std/assert";
import { CacheError } from "../../src/errors.ts";
import { isOutOfFiles } from "../../src/util/is_out_of_files.ts";

Deno.test("isOutOfFiles() recognizes errors of files, of the cache, and of requests", () => {
  const error = Object.assign(new Error("too many"), { code: "EMFILE" });
  const network = (message: string) => ({ kind: "network", message });
  for (
    const [failure, expected] of [
      [error, true],
      [Object.assign(new Error(), { code: "ENFILE" }), true],
      [new CacheError("cannot write x", "x", { cause: error }), true],
      [network("no answer: tcp open error: Too many open files"), true],
      [network("no answer: connect EMFILE"), true],
      [network("no answer: connection refused"), false],
      [{ kind: "api", message: "Too many open files" }, false],
      [Object.assign(new Error(), { code: "ENOENT" }), false],
      [null, false],
    ] as const
  ) assertEquals(isOutOfFiles(failure), expected);
});
