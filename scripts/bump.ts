/**
 * Sets the version of the next release: `deno task bump patch|minor|major|X.Y.Z`. It writes the version
 * to `deno.json` and turns the changelog's "Unreleased" section into the section of the release. All other
 * code reads the version from `deno.json`.
 *
 * @module
 */

import { lastReleased, releaseChangelog } from "./changelog.ts";
import { commandOutput } from "./command_output.ts";
import { nextVersion } from "./next_version.ts";

try {
  const version = await bump(Deno.args[0]);
  console.log(`${version}: deno.json and CHANGELOG.md are changed. Now:
  git commit --all --message "Version ${version}"
  git tag v${version}
  git push --follow-tags origin main v${version}`);
} catch (error) {
  console.error(`bump: ${error instanceof Error ? error.message : error}`);
  Deno.exitCode = 1;
}

async function bump(wanted: string | undefined): Promise<string> {
  const changes = await commandOutput("git", ["status", "--porcelain"]);
  if (changes !== "") {
    throw new Error(
      `the work tree has uncommitted changes:\n${changes.trimEnd()}`,
    );
  }
  const config = await Deno.readTextFile("deno.json");
  const changelog = await Deno.readTextFile("CHANGELOG.md");
  const version = nextVersion(wanted, {
    current: JSON.parse(config).version,
    released: lastReleased(changelog),
  });
  const date = new Date().toISOString().slice(0, 10);
  const released = releaseChangelog(changelog, { version, date });
  // JSON.stringify would reformat the rest of the file.
  const bumped = config.replace(
    /(?<=^ +"version": ").*(?=")/m,
    version,
  );
  await Deno.writeTextFile("deno.json", bumped);
  await Deno.writeTextFile("CHANGELOG.md", released);
  return version;
}
