import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { ROOT } from "../support/run_script.ts";

interface Hop {
  readonly file: string;
  readonly name: string;
  readonly next: readonly string[];
}

const guide = Deno.readTextFileSync(join(ROOT, "CONTRIBUTING.md"));

const hops: readonly Hop[] = [
  ...guide.matchAll(/^\d+\. `(\S+)`: `(\w+)`(?: → (.+))?$/gm),
].map(([, file, name, next = ""]) => ({
  file: file!,
  name: name!,
  next: [...next.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
}));

/** Calls that pass a function to another thread, by the name of the function. */
const POSTED: Readonly<Record<string, string>> = { handleMessages: ".post(" };

function codeOf(file: string): string {
  return Deno.readTextFileSync(join(ROOT, file))
    .replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*/gm, "");
}

Deno.test("each function in CONTRIBUTING's call path exists, and calls or receives the next", () => {
  for (const { file, name, next } of hops) {
    const code = codeOf(file);
    const isDeclared = new RegExp(
      `(?:function\\*? |^  (?:async )?)${name}(?:<.*>)?\\(`,
      "m",
    );
    assert(isDeclared.test(code), `${file} has no ${name}`);
    for (const other of next) {
      const call = POSTED[other] ?? `${other}(`;
      const calls = code.split("\n").filter((line) =>
        line.includes(call) && !/^\s*(?:export |async )*function /.test(line)
      );
      assert(calls.length > 0, `${file}: ${name} does not call ${other}`);
    }
  }
});

Deno.test("CONTRIBUTING's call path has at most 14 steps, all reached from the first", () => {
  assert(hops.length > 10 && hops.length <= 14, `${hops.length}`);
  const reached = new Set([hops[0]!.name]);
  for (const name of reached) {
    for (const hop of hops.filter((hop) => hop.name === name)) {
      for (const other of hop.next) reached.add(other);
    }
  }
  assertEquals(hops.filter(({ name }) => !reached.has(name)), []);
});

Deno.test("CONTRIBUTING lists the layers in order, and exactly the existing folders", () => {
  const layers = Deno.readTextFileSync(join(ROOT, "tests/unit/layers_test.ts"));
  const order = [...layers.matchAll(/"src\/(\w+)"/g)].map(([, name]) => name);
  const listed = [...guide.matchAll(/^(\w+)\/ +\S/gm)].map(([, name]) => name)
    .filter((name) => order.includes(name));
  assertEquals(listed, order);
  for (const [, folder] of guide.matchAll(/^(\w+)\/ +\S/gm)) {
    const paths = [folder!, `src/${folder}`];
    assert(paths.some((path) => isDirectory(join(ROOT, path))), folder);
  }
});

function isDirectory(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
