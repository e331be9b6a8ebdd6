/**
 * Prints the changelog section of the release with a tag such as `v1.2.3`. Fails if the tag does not match
 * the version in `deno.json`. The release workflow runs it first.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };
import { changelogSections } from "./changelog.ts";

const [tag] = Deno.args;
const changelog = await Deno.readTextFile(
  new URL("../CHANGELOG.md", import.meta.url),
);
const section = changelogSections(changelog)
  .find(({ version }) => version === config.version);
if (tag !== `v${config.version}`) {
  console.error(`the tag must be v${config.version}, got ${tag}`);
  Deno.exitCode = 1;
} else if (section === undefined) {
  console.error(`CHANGELOG.md has no section [${config.version}]`);
  Deno.exitCode = 1;
} else {
  console.log(section.text);
}
