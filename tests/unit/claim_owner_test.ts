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
function leaveClaimOfDead(root: string): void {
  const owner = new ClaimOwner(root);
  owner.take({ directory: root, name: "claim" });
  owner.close();
}

function makePipe(path: string): void {
  new Deno.Command("mkfifo", { args: [path] }).outputSync();
}

function names(root: string): string[] {
  return [...Deno.readDirSync(root)].map(({ name }) => name).sort();
}

Deno.test("ClaimOwner.take() gives a claim to one owner, until it is released", async () => {
  await using dir = new TempDir();
  const [one, two] = [new ClaimOwner(dir.path), new ClaimOwner(dir.path)];
  const claim = { directory: dir.path, name: "claim" };
  assertEquals([one.take(claim), two.take(claim)], [true, false]);
  one.release(claim);
  assertEquals([two.take(claim), one.take(claim)], [true, false]);
  two.release(claim);
  one.close();
  two.close();
  assertEquals(names(dir.path), []);
});

Deno.test("ClaimOwner.take() takes over what a dead owner has left, two seconds after its last beat", async () => {
  await using dir = new TempDir();
  const claim = { directory: dir.path, name: "claim" };
  const path = join(dir.path, "claim");
  leaveClaimOfDead(dir.path);
  const owner = new ClaimOwner(dir.path);
  assertEquals(owner.take(claim), false);
  ageBy(2.5, path);
  assertEquals(owner.take(claim), true);
  owner.release(claim);
  owner.close();
  assertEquals(names(dir.path), []);
});

Deno.test("ClaimOwner.take() respects a locked owner for half a minute after its last beat, and no longer", async () => {
  await using dir = new TempDir();
  const claim = { directory: dir.path, name: "claim" };
  const path = join(dir.path, "claim");
  const [stopped, other] = [
    new ClaimOwner(dir.path),
    new ClaimOwner(dir.path),
  ];
  stopped.take(claim);
  ageBy(29, path);
  assertEquals([other.isTaken(claim), other.take(claim)], [true, false]);
  ageBy(2, path);
  assertEquals([other.isTaken(claim), other.take(claim)], [false, true]);
  other.release(claim);
  stopped.close();
  other.close();
});

Deno.test("ClaimOwner.take() goes on when the cache directory was removed", async () => {
  await using dir = new TempDir();
  const root = join(dir.path, "cache");
  const claim = { directory: join(root, "a", "b"), name: "claim" };
  const [one, two] = [new ClaimOwner(root), new ClaimOwner(root)];
  Deno.removeSync(root, { recursive: true });
  assertEquals([one.take(claim), two.take(claim)], [true, false]);
  one.release(claim);
  assertEquals(two.take(claim), true);
  two.release(claim);
  one.close();
  two.close();
  assertEquals(names(root), ["a"]);
});

Deno.test("ClaimOwner is not held up by what is no file in a claim's place", async () => {
  await using dir = new TempDir();
  const owner = new ClaimOwner(dir.path);
  for (const make of [makePipe, Deno.mkdirSync]) {
    const name = make.name;
    make(join(dir.path, name));
    const claim = { directory: dir.path, name };
    assertEquals(owner.isTaken(claim), false);
    assertThrows(() => owner.take(claim), CacheError, "it is no file");
  }
  owner.close();
});

Deno.test("ClaimOwner.take() goes by the beat alone where the owner could not lock", async () => {
  await using dir = new TempDir();
  const claim = { directory: dir.path, name: "claim" };
  const path = join(dir.path, "claim");
  leaveClaimOfDead(dir.path);
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, text.replace("locked", "without lock"));
  const owner = new ClaimOwner(dir.path);
  ageBy(10, path);
  assertEquals(owner.take(claim), false);
  ageBy(21, path);
  assertEquals(owner.take(claim), true);
  owner.release(claim);
  owner.close();
});

Deno.test("ClaimOwner.beat() is seen at each of its claims", async () => {
  await using dir = new TempDir();
  const claims = ["a", "b"].map((name) => ({ directory: dir.path, name }));
  const paths = claims.map(({ name }) => join(dir.path, name));
  const owner = new ClaimOwner(dir.path);
  for (const claim of claims) owner.take(claim);
  ageBy(3600, paths[0]!);
  const before = Deno.statSync(paths[1]!).mtime!.getTime();
  owner.beat();
  assertEquals(Deno.statSync(paths[1]!).mtime!.getTime() - before > 0, true);
  for (const claim of claims) owner.release(claim);
  owner.close();
});

Deno.test("new ClaimOwner() clears away what dead owners have left, and nothing of the living", async () => {
  await using dir = new TempDir();
  const claim = join(dir.path, "claim");
  leaveClaimOfDead(dir.path);
  Deno.renameSync(claim, join(dir.path, ".owner-dead"));
  ageBy(60, join(dir.path, ".owner-dead"));
  const living = new ClaimOwner(dir.path);
  const [file] = names(dir.path);
  ageBy(20, join(dir.path, file!));
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
  const place = { directory: join(file, "nowhere"), name: "claim" };
  assertThrows(() => owner.take(place), CacheError, "cannot link");
  owner.close();
});
