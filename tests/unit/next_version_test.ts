import { assertEquals, assertThrows } from "@std/assert";
import { nextVersion } from "../../scripts/next_version.ts";

const known = { current: "0.1.2", released: "0.1.2" };

Deno.test("nextVersion() increments the named part", () => {
  assertEquals(nextVersion("patch", known), "0.1.3");
  assertEquals(nextVersion("minor", known), "0.2.0");
  assertEquals(nextVersion("major", known), "1.0.0");
});

Deno.test("nextVersion() accepts a newer version", () => {
  assertEquals(nextVersion("0.10.0", known), "0.10.0");
  assertEquals(nextVersion("1.0.0-rc.1", known), "1.0.0-rc.1");
  for (const version of ["0.1.2", "0.1.1", "0.1.2-rc.1"]) {
    assertThrows(
      () => nextVersion(version, known),
      Error,
      `the version must be newer than 0.1.2, got ${version}`,
    );
  }
});

Deno.test("nextVersion() accepts the current version until it is released", () => {
  const unreleased = { current: "0.1.0", released: undefined };
  assertEquals(nextVersion("0.1.0", unreleased), "0.1.0");
  assertThrows(() => nextVersion("0.0.9", unreleased), Error, "newer");
});

Deno.test("nextVersion() throws when given neither a step nor a version", () => {
  for (const wanted of [undefined, "", "next", "1.2", "v1.2.3", "1.2.3 "]) {
    assertThrows(
      () => nextVersion(wanted, known),
      Error,
      `the version must be patch, minor, major or X.Y.Z, got ${
        wanted ?? "nothing"
      }`,
    );
  }
});
