import { assertEquals, assertThrows } from "@std/assert";
import {
  changelogSections,
  lastReleased,
  releaseChangelog,
} from "../../scripts/changelog.ts";

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A thing.

## [0.1.0] - 2026-01-31

### Fixed

- Another.
`;

const release = { version: "0.2.0", date: "2026-02-01" };

Deno.test("releaseChangelog() adds the version and date to the unreleased section", () => {
  const released = releaseChangelog(CHANGELOG, release);
  assertEquals(changelogSections(released), [
    { version: "Unreleased", text: "" },
    { version: "0.2.0", text: "### Added\n\n- A thing." },
    { version: "0.1.0", text: "### Fixed\n\n- Another." },
  ]);
  assertEquals(
    released.match(/^## .*$/gm),
    ["## [Unreleased]", "## [0.2.0] - 2026-02-01", "## [0.1.0] - 2026-01-31"],
  );
});

Deno.test("releaseChangelog() throws when there is nothing to release", () => {
  const released = releaseChangelog(CHANGELOG, release);
  assertThrows(
    () => releaseChangelog(released, release),
    Error,
    "nothing under ## [Unreleased]",
  );
});

Deno.test("lastReleased() is the newest version, or undefined when there is none", () => {
  assertEquals(lastReleased(CHANGELOG), "0.1.0");
  assertEquals(lastReleased("# Changelog\n\n## [Unreleased]\n"), undefined);
});

Deno.test("changelogSections() throws when a heading has no version", () => {
  assertThrows(() => changelogSections("# C\n\n## 0.1.0\n"), SyntaxError);
});
