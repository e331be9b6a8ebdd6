import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import { ClaimOwner } from "../../src/cache/claim_owner.ts";
import { CacheError } from "../../src/errors.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Sets the last beat of a claim's owner back, by the file system's clock. */
function ageBy(seconds: number, path: string): void {
  const { mtime } = Deno.statSync(path);
  const before = new Date(mtime!.getTime() - seconds * 1000);
  Deno.utimeSync(path, before, before);
}

/** What a process leaves that is killed: the claim, and an owner's file that nobody locks. */
function leaveClaimOfDead(root: string, claim: string): void {
  const owner = new ClaimOwner(root);
  owner.take(claim);
  owner.close();
}

function names(root: string): string[] {
  return [...Deno.readDirSync(root)].map(({ name }) => name).sort();
}

Deno.test("ClaimOwner.take() gives a claim to one owner, until it is released", async () => {
  await using dir = new TempDir();
  const [one, two] = [new ClaimOwner(dir.path), new ClaimOwner(dir.path)];
  const path = join(dir.path, "claim");
  assertEquals([one.take(path), two.take(path)], [true, false]);
  one.release(path);
  assertEquals([two.take(path), one.take(path)], [true, false]);
  two.release(path);
  one.close();
  two.close();
  assertEquals(names(dir.path), []);
});

Deno.test("ClaimOwner.take() takes over what a dead owner has left, two seconds after its last beat", async () => {
  await using dir = new TempDir();
  const path = join(dir.path, "claim");
  leaveClaimOfDead(dir.path, path);
  const owner = new ClaimOwner(dir.path);
  assertEquals(owner.take(path), false);
  ageBy(2.5, path);
  assertEquals(owner.take(path), true);
  owner.release(path);
  owner.close();
  assertEquals(names(dir.path), []);
});

Deno.test("ClaimOwner.take() respects a locked owner however long its last beat is ago", async () => {
  await using dir = new TempDir();
  const path = join(dir.path, "claim");
  const [blocked, other] = [
    new ClaimOwner(dir.path),
    new ClaimOwner(dir.path),
  ];
  blocked.take(path);
  ageBy(3600, path);
  assertEquals(other.take(path), false);
  blocked.release(path);
  blocked.close();
  other.close();
});

Deno.test("ClaimOwner.take() goes by the beat alone where the owner could not lock", async () => {
  await using dir = new TempDir();
  const path = join(dir.path, "claim");
  leaveClaimOfDead(dir.path, path);
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, text.replace("true", "false"));
  const owner = new ClaimOwner(dir.path);
  ageBy(10, path);
  assertEquals(owner.take(path), false);
  ageBy(21, path);
  assertEquals(owner.take(path), true);
  owner.release(path);
  owner.close();
});

Deno.test("ClaimOwner.beat() is seen at each of its claims", async () => {
  await using dir = new TempDir();
  const paths = ["a", "b"].map((name) => join(dir.path, name));
  const owner = new ClaimOwner(dir.path);
  for (const path of paths) owner.take(path);
  ageBy(3600, paths[0]!);
  const before = Deno.statSync(paths[1]!).mtime!.getTime();
  owner.beat();
  assertEquals(Deno.statSync(paths[1]!).mtime!.getTime() - before > 0, true);
  for (const path of paths) owner.release(path);
  owner.close();
});

Deno.test("new ClaimOwner() clears away what dead owners have left, and nothing of the living", async () => {
  await using dir = new TempDir();
  const claim = join(dir.path, "claim");
  leaveClaimOfDead(dir.path, claim);
  Deno.renameSync(claim, join(dir.path, ".owner-dead"));
  ageBy(60, join(dir.path, ".owner-dead"));
  const living = new ClaimOwner(dir.path);
  const [file] = names(dir.path);
  ageBy(60, join(dir.path, file!));
  new ClaimOwner(dir.path).close();
  assertEquals(names(dir.path), [file]);
  living.close();
});

Deno.test("ClaimOwner throws a CacheError where there can be no file or no claim", async () => {
  await using dir = new TempDir();
  const file = join(dir.path, "file");
  Deno.writeTextFileSync(file, "");
  assertThrows(() => new ClaimOwner(file), CacheError, file);
  const owner = new ClaimOwner(dir.path);
  const path = join(dir.path, "nowhere", "claim");
  assertThrows(() => owner.take(path), CacheError, `cannot link ${path}`);
  owner.close();
});
