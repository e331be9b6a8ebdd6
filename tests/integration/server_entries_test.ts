import { assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { CacheReader, RolloutsClient } from "../../mod.ts";
import type { JsonObject } from "../../src/util/json_object.ts";
import { startLookAlike } from "../support/look_alike.ts";
import { LOOK_ALIKES } from "../support/look_alikes.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?\n<think>\nLet me multiply: 5*1";

for (const [name, lookAlike] of Object.entries(LOOK_ALIKES)) {
  const server = name as keyof typeof LOOK_ALIKES;

  Deno.test(`an entry of ${server} has the body that was sent, and the one that was requested`, async () => {
    for (const prompt of ["What is 5*10?", PROMPT]) {
      await using dir = new TempDir();
      await using mock = await startLookAlike({
        ...lookAlike,
        refusal: () => null,
      });
      await using client = new RolloutsClient({
        model: "tiny",
        baseUrl: mock.baseUrl,
        server,
        cacheDir: dir.path,
        maxRetries: 0,
      });
      const options = { nSamples: 2, seed: 7 };
      const first = await client.generate(prompt, options);
      assertEquals([...first.errors.values()], []);
      const entries = entriesIn(dir.path);
      const bodies = mock.bodies.toSorted((a, b) =>
        Number(a.seed ?? a.random_seed) - Number(b.seed ?? b.random_seed)
      );
      assertEquals(entries.map(({ request }) => withoutMessages(request)), [
        ...bodies.map(withoutMessages),
      ]);
      for (const { asked } of entries) {
        assertEquals((asked as JsonObject | undefined)?.seed, undefined);
      }
      const again = await client.generate(prompt, options);
      assertEquals(mock.bodies.length, 2);
      assertEquals(again.responses.map(({ cached }) => cached), [true, true]);
      const cache = new CacheReader(dir.path);
      const read = [...cache.prompts()].flatMap((prompt) => [
        ...cache.samples(prompt),
      ]);
      assertEquals(read.map(({ entry }) => entry?.response.seed), [7, 8]);
    }
  });
}

/** Reads all entries of a cache, by seed. */
function entriesIn(path: string): JsonObject[] {
  return [...walkSync(path, { includeDirs: false })]
    .map(({ path }): JsonObject => JSON.parse(Deno.readTextFileSync(path)))
    .sort((a, b) => Number(a.seed) - Number(b.seed));
}

function withoutMessages(request: unknown): JsonObject {
  const { messages: _, ...others } = request as JsonObject;
  return others;
}
