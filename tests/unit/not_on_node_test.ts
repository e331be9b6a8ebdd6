import { assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { NOT_ON_NODE } from "../npm/not_on_node.ts";
import { ROOT } from "../support/run_script.ts";

Deno.test("NOT_ON_NODE lists files and tests that exist", () => {
  const sources = ["integration", "long", "unit", "worker"]
    .flatMap((folder) => [
      ...walkSync(join(ROOT, "tests", folder), { includeDirs: false }),
    ])
    .map(({ path }) => Deno.readTextFileSync(path));
  const files = [NOT_ON_NODE.files, NOT_ON_NODE.oldest].flatMap(Object.keys);
  assertEquals(files.filter((file) => !exists(file)), []);
  // The names of the tests of examples are computed.
  const names = Object.keys(NOT_ON_NODE.tests)
    .filter((name) => !name.startsWith("examples/"));
  const missing = names.filter((name) =>
    !sources.some((source) => source.includes(`"${name}"`))
  );
  assertEquals(missing, []);
});

function exists(file: string): boolean {
  try {
    return Deno.statSync(join(ROOT, file)).isFile;
  } catch {
    return false;
  }
}
