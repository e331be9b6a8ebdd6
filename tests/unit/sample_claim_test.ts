import { assertEquals, fail } from "@std/assert";
import { ClaimOwner } from "../../src/cache/claim_owner.ts";
import { DirectoryStore } from "../../src/cache/directory_store.ts";
import { SampleCache } from "../../src/cache/sample_cache.ts";
import { SampleClaim } from "../../src/cache/sample_claim.ts";
import { planPrompt } from "../../src/request/plan_prompt.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import { Response } from "../../src/response.ts";
import { responseData } from "../support/response_data.ts";
import { TempDir } from "../support/temp_dir.ts";

const SEED = 7;

function setUp(root: string) {
  const settings = resolveOptions({ model: "m", cacheDir: root });
  const plan = planPrompt("p", settings, "http://127.0.0.1");
  const store = new DirectoryStore(root, settings);
  const cache = new SampleCache(store, plan, () => {});
  cache.prepare();
  const owners = [new ClaimOwner(root), new ClaimOwner(root)] as const;
  const warned: string[] = [];
  const [ours, theirs] = owners.map((owner) =>
    new SampleClaim({
      held: { owner, again: () => fail(), [Symbol.dispose]: () => {} },
      place: cache.claimPlace(SEED),
      find: () => cache.find(SEED),
      warn: (message) => warned.push(message),
    })
  ) as [SampleClaim, SampleClaim];
  const save = () =>
    cache.save(
      new Response(responseData({ seed: SEED }), {
        cached: false,
        attempts: 1,
        quantization: null,
      }),
      { rawJson: "{}", sent: plan.body },
    );
  return {
    ours,
    theirs,
    cache,
    warned,
    save,
    [Symbol.dispose]: () => owners.forEach((owner) => owner.close()),
  };
}

Deno.test("SampleClaim.take() leaves the sample to who took it first, and then gives it", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  const { ours, theirs, save } = setting;
  assertEquals([theirs.take(), theirs.take()], ["ours", "ours"]);
  assertEquals(ours.take(), "elsewhere");
  save();
  theirs.release();
  const sample = ours.take();
  assertEquals(sample instanceof Response && sample.cached, true);
  // Nobody holds the claim now.
  assertEquals(theirs.take() instanceof Response, true);
});

Deno.test("SampleClaim.take() gives a sample that is there though its claim still stands", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  setting.theirs.take();
  setting.save();
  assertEquals(setting.ours.take() instanceof Response, true);
  setting.theirs.release();
});

Deno.test("SampleClaim.take() takes what another has given back without a sample", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  const { ours, theirs } = setting;
  theirs.take();
  assertEquals(ours.take(), "elsewhere");
  theirs.release();
  assertEquals([ours.take(), theirs.take()], ["ours", "elsewhere"]);
  ours.release();
});

Deno.test("SampleClaim.look() tells what take() would, and takes nothing", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  const { ours, theirs, save } = setting;
  assertEquals([ours.look(), theirs.take(), ours.look()], [
    "ours",
    "ours",
    "elsewhere",
  ]);
  save();
  assertEquals(ours.look() instanceof Response, true);
  theirs.release();
});

Deno.test("SampleClaim.take() looks again whether the sample is there at each attempt", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  const { ours, save } = setting;
  assertEquals(ours.take(), "ours");
  ours.release();
  save();
  assertEquals(ours.take() instanceof Response, true);
});

Deno.test("SampleClaim.take() goes without a claim where none can be made, and says so", async () => {
  await using dir = new TempDir();
  using setting = setUp(dir.path);
  const { directory } = setting.cache.claimPlace(SEED);
  Deno.removeSync(directory, { recursive: true });
  Deno.writeTextFileSync(directory, "");
  assertEquals(setting.ours.take(), "ours");
  assertEquals(setting.warned.length, 1);
  Deno.removeSync(directory);
});
