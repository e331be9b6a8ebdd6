import {
  assert,
  assertEquals,
  assertLess,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { JsrRegistry } from "../support/jsr_registry.ts";
import {
  publishTo,
  startPublishedRegistry,
} from "../support/published_registry.ts";
import { finished, ROOT, startDeno } from "../support/run_script.ts";
import { SMALLEST_PERMISSIONS } from "../support/smallest_permissions.ts";
import { TempDir } from "../support/temp_dir.ts";

const CONFIG = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json")));

/** The output of `deno doc --json` for a module. */
interface Documented {
  readonly module_doc: {
    readonly doc: string;
    readonly tags: readonly { readonly kind: string }[];
  };
}

const SCRIPT = `
import { RolloutsClient } from "jsr:@rollouts/client";
import { splitSentences } from "jsr:@rollouts/client/resampling";
import { PREFILL_BEHAVIORS } from "jsr:@rollouts/client/testing";

const client = new RolloutsClient({ model: "qwen/qwen3-30b-a3b" });
const call = () => client.generate("What is 5*10?\\n<think>\\n5*1", { nSamples: 3 });
const first = await call();
const second = await call();
console.log(JSON.stringify({
  errors: [...first.errors.values()].map(String),
  cached: [first, second].map(({ responses }) => responses.map(({ cached }) => cached)),
  same: first.getTexts().join() === second.getTexts().join(),
  reasoning: first.at(0).reasoning,
  sentences: splitSentences("One. Two.").length,
  prefills: PREFILL_BEHAVIORS.length,
}));
`;

Deno.test("the package can be imported and run with nothing but a JSR registry", async (t) => {
  await using registry = await startPublishedRegistry();
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using denoDir = new TempDir();
  const run = (args: readonly string[]) =>
    finished(startDeno(["run", "--quiet", ...SMALLEST_PERMISSIONS, ...args], {
      JSR_URL: registry.url,
      DENO_DIR: denoDir.path,
      OPENROUTER_API_KEY: "sk-test",
      OPENROUTER_BASE_URL: mock.baseUrl,
    }, dir.path));

  await t.step(
    "a script samples through the remote worker file, and reads its cache",
    async () => {
      await Deno.writeTextFile(join(dir.path, "script.ts"), SCRIPT);
      const { code, stdout, stderr } = await run(["script.ts"]);
      assertEquals([code, stderr], [0, ""]);
      const { reasoning, prefills, ...told } = JSON.parse(stdout);
      assertEquals(told, {
        errors: [],
        cached: [[false, false, false], [true, true, true]],
        same: true,
        sentences: 2,
      });
      assert(reasoning.startsWith("0"), reasoning);
      assert(prefills > 0);
      assertEquals(mock.answered, 3);
    },
  );

  await t.step("the command generates", async () => {
    const command = ["jsr:@rollouts/client/cli", "generate", "What is 2+2?"];
    const { code, stdout, stderr } = await run(
      [...command, "--model", "qwen/qwen3-30b-a3b", "-n", "2"],
    );
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "── seed 1 (stop)");
    assertEquals(mock.answered, 5);
    const version = await run(["jsr:@rollouts/client/cli", "--version"]);
    assertEquals(version.stdout, `rollouts ${CONFIG.version}\n`);
  });
});

Deno.test("deno task publish sends only the package's files, which import jsr:@std", async () => {
  await using registry = await startPublishedRegistry();
  const { version, exports, files } = registry.version("@rollouts/client")!;
  assertEquals({ version, exports }, {
    version: CONFIG.version,
    exports: CONFIG.exports,
  });
  const roots = new Set([...files.keys()].map((path) => path.split("/")[1]));
  assertEquals(roots, new Set(CONFIG.publish.include));
  let bytes = 0;
  const named = new Set<string>();
  const decoder = new TextDecoder();
  for (const [path, content] of files) {
    if (!/\.(png|svg)$/.test(path)) bytes += content.length;
    assertNotMatch(path, /_test\.ts$/);
    if (!/\.(ts|json)$/.test(path)) continue;
    const text = decoder.decode(content);
    assert(!text.includes("links/"), path);
    for (const [, from] of text.matchAll(/^import .* from "(.*@std.*)";$/gm)) {
      named.add(from!.replace(/@\^[\d.]+/, ""));
    }
  }
  assert(named.size > 5);
  for (const name of named) assert(name.startsWith("jsr:@std/"), name);
  assertLess(bytes, 3_300_000);
  // Only what users of the package need: no tasks, and no libraries of the tests.
  const config = JSON.parse(decoder.decode(files.get("/deno.json")));
  assertEquals(Object.keys(config), [
    "name",
    "version",
    "license",
    "exports",
    "imports",
  ]);
});

Deno.test("deno task publish fails if the token is wrong, and never replaces a version", async () => {
  await using empty = JsrRegistry.start();
  const refused = await publishTo(empty, "another-token");
  assertEquals(refused.code, 1);
  assertEquals(empty.version("@rollouts/client"), undefined);

  await using registry = await startPublishedRegistry();
  const before = registry.version("@rollouts/client");
  const { stdout, stderr } = await publishTo(registry);
  assertStringIncludes(stdout + stderr, "already published");
  assert(registry.version("@rollouts/client") === before);
});

Deno.test("every entry point has a module doc with an example", async () => {
  for (const entry of Object.values<string>(CONFIG.exports)) {
    const { stdout } = await finished(startDeno(["doc", "--json", entry]));
    const nodes: Record<string, Documented> = JSON.parse(stdout).nodes;
    const [{ module_doc: doc }] = Object.values(nodes) as [Documented];
    assert(doc.doc.length > 20, entry);
    assert(doc.tags.some(({ kind }) => kind === "example"), entry);
  }
});
