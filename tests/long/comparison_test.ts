import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import {
  type Fault,
  MockOpenRouter,
  type PrefillBehavior,
} from "../../src/testing/mod.ts";
import { PACKAGE_VERSIONS } from "../bench/package_versions.ts";
import results from "../bench/results.json" with { type: "json" };
import {
  type Asked,
  COMPARED_CLIENTS,
  type ComparedClient,
} from "../support/compared_clients.ts";
import { ROOT } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const NAMES = Object.keys(COMPARED_CLIENTS);
const OTHERS = NAMES.slice(1);
const ASKED: Asked = { model: "qwen/qwen3-30b-a3b", thought: "", seed: 0 };

/** Returns a row of the table in docs/speed.md, by the names in its head. */
function row(beginning: string): Record<string, string> {
  const guide = Deno.readTextFileSync(join(ROOT, "docs/speed.md"));
  const cells = (line: string) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim());
  const lines = guide.split("\n").filter((line) => line.startsWith("|"))
    .map(cells);
  const head = lines.find((names) => names[1] === "@rollouts/client")!;
  const found = lines.find(([first]) => first!.startsWith(beginning));
  assert(found, `the table has no row ${beginning}`);
  return Object.fromEntries(
    head.map((name, index) => [name.split(" ")[0], found[index]!]),
  );
}

/** Tests a row of the table. Other clients leave timers behind, so it does not check for them. */
function comparison(name: string, check: () => void | Promise<void>): void {
  Deno.test({
    name: `docs/speed.md: ${name}`,
    fn: check,
    sanitizeOps: false,
    sanitizeResources: false,
  });
}

/** Compares the measured cells of a row with those of the table. */
function assertRow(beginning: string, measured: Record<string, string>): void {
  const written = row(beginning);
  const names = Object.keys(measured);
  assertEquals(
    Object.fromEntries(names.map((name) => [name, written[name]])),
    measured,
  );
}

/** Measures a use of each client, each with its own mock. */
async function measured(
  names: readonly string[],
  use: (
    ask: ReturnType<ComparedClient>,
    mock: MockOpenRouter,
  ) => Promise<string>,
  fault: Fault | null = null,
  latencyMs = 0,
): Promise<Record<string, string>> {
  const cells = names.map(async (name) => {
    await using mock = await MockOpenRouter.start({
      faults: () => fault,
      latencyMs,
    });
    await using dir = new TempDir();
    const { baseUrl } = mock;
    const ask = COMPARED_CLIENTS[name]!({ baseUrl, cacheDir: dir.path });
    return [name, await use(ask, mock)] as const;
  });
  return Object.fromEntries(await Promise.all(cells));
}

async function attempts(
  ask: ReturnType<ComparedClient>,
  mock: MockOpenRouter,
): Promise<string> {
  await ask(ASKED).catch(() => {});
  return `${mock.requests.length}`;
}

comparison("the same call again is read from disk or sent again", async () => {
  const cells = await measured(NAMES, async (ask, mock) => {
    await ask(ASKED);
    await ask(ASKED);
    return mock.requests.length === 1 ? "read from disk" : "sent again";
  });
  assertRow("the same call again", cells);
});

comparison("attempts if every answer is a 429", async () => {
  const fault = { type: "status", status: 429, retryAfter: 0 } as const;
  const { maxRetries } = resolveOptions({ model: ASKED.model });
  assertRow("attempts if every answer is a 429", {
    "@rollouts/client": `${maxRetries + 1}`,
    ...await measured(OTHERS, attempts, fault),
  });
});

comparison("attempts with a rejected key", async () => {
  const fault = { type: "status", status: 401 } as const;
  assertRow(
    "attempts with a rejected key",
    await measured(NAMES, attempts, fault),
  );
});

comparison("an answer with status 200 and no choices", async () => {
  const fault = { type: "empty_choices" } as const;
  const cells = await measured(OTHERS, async (ask, mock) => {
    const wasTaken = await ask(ASKED).then(() => true, () => false);
    assertEquals(mock.requests.length, 1);
    return wasTaken ? "accepted as an answer" : "an error";
  }, fault);
  await using mock = await MockOpenRouter.start({
    faults: ({ attempt }) => attempt === 1 ? fault : null,
  });
  await using dir = new TempDir();
  const { baseUrl } = mock;
  await COMPARED_CLIENTS["@rollouts/client"]!({ baseUrl, cacheDir: dir.path })(
    ASKED,
  );
  const ours = mock.requests.length === 2 ? "retried" : "";
  assertRow("answer without choices", {
    "@rollouts/client": ours,
    ...cells,
  });
});

comparison("requests in flight if 100 are started at once", async () => {
  const cells = await measured(
    NAMES,
    async (ask, mock) => {
      const seeds = Array.from({ length: 100 }, (_, seed) => seed);
      await Promise.all(seeds.map((seed) => ask({ ...ASKED, seed })));
      return `${mock.maxInFlight}`;
    },
    null,
    1_000,
  );
  const { "@rollouts/client": ours, ...others } = cells;
  // On a busy machine, the first answers raise the limit before all requests are started.
  assert(Number(ours) >= 64 && Number(ours) < 100, ours);
  assertRow("requests in flight of 100 started at once", {
    "@rollouts/client": "64, then adaptive",
    ...others,
  });
});

comparison(
  "whether an answer reports a prefill that was not continued",
  async () => {
    const cells = NAMES.map(async (name) => {
      const [went, ignored] = await Promise.all(
        (["reasoning", "ignore"] as const).map((prefill) =>
          told(name, prefill)
        ),
      );
      const telling = [...went!].filter(([path, value]) =>
        ignored!.get(path) !== value
      );
      const paths = telling.map(([path]) => `\`${path}\``).join(", ");
      return [name, paths || "not reported"] as const;
    });
    assertRow(
      "prefill that was not continued",
      Object.fromEntries(await Promise.all(cells)),
    );
  },
);

/**
 * Returns the strings that a client reports for all samples, if a mock handles prefills in one way.
 */
async function told(
  name: string,
  prefill: PrefillBehavior,
): Promise<Map<string, string>> {
  await using mock = await MockOpenRouter.start({ prefill });
  await using dir = new TempDir();
  const { baseUrl } = mock;
  const ask = COMPARED_CLIENTS[name]!({ baseUrl, cacheDir: dir.path });
  const thought = "\n5*1";
  const samples = await Promise.all(
    [0, 1, 2, 3].map((seed) => ask({ ...ASKED, thought, seed })),
  );
  const [first, ...others] = samples.map((sample) =>
    new Map(texts(JSON.parse(JSON.stringify(sample))))
  );
  const same = [...first!].filter(([path, value]) =>
    others.every((other) => other.get(path) === value)
  );
  // Dates and times do not matter.
  return new Map(same.filter(([path]) => !/date|time/i.test(path)));
}

/** Returns every string in a value, by its path. */
function* texts(value: unknown, path = ""): Generator<[string, string]> {
  if (typeof value === "string") yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* texts(inner, path === "" ? key : `${path}.${key}`);
  }
}

comparison("requests per second", () => {
  const cells = NAMES.map((name) => {
    const found = results.rows.find(({ letter, setting, contestant }) =>
      letter === "a" && setting === "64 in flight, http1" &&
      contestant === `${name} (Deno)`
    )!;
    const { length } = found.rounds;
    const median = found.rounds.toSorted((a, b) => a - b)[(length - 1) / 2]!;
    return [name, Math.round(median).toLocaleString("en-US")];
  });
  assertRow("requests per second", Object.fromEntries(cells));
});

comparison("the versions are those in the tests and the benchmark", () => {
  const clients = Deno.readTextFileSync(
    join(ROOT, "tests/support/compared_clients.ts"),
  );
  const guide = Deno.readTextFileSync(join(ROOT, "docs/speed.md"))
    .replaceAll(/\s+/g, " ");
  for (const [name, version] of Object.entries(PACKAGE_VERSIONS)) {
    assert(clients.includes(`npm:${name}@${version}`), name);
    assert(guide.includes(`${name} ${version}`), name);
  }
});
