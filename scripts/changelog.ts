/** A section of a changelog: a release, or the unreleased changes. */
export interface ChangelogSection {
  /** Its version, or "Unreleased". */
  readonly version: string;
  /** The text under its heading. */
  readonly text: string;
}

/** Parses a changelog in the format of Keep a Changelog into sections, newest first. */
export function changelogSections(changelog: string): ChangelogSection[] {
  const [, ...sections] = changelog.split(/^## /m);
  return sections.map((section) => {
    const [heading, ...lines] = section.split("\n");
    const [, version] = /^\[([^\]]+)\]/.exec(heading!) ?? [];
    if (version === undefined) {
      throw new SyntaxError(
        `a section of the changelog must begin with ## [VERSION], got ## ${heading}`,
      );
    }
    return { version, text: lines.join("\n").trim() };
  });
}

/** Returns the newest released version in a changelog, or `undefined` if there is none. */
export function lastReleased(changelog: string): string | undefined {
  return changelogSections(changelog)
    .find(({ version }) => version !== "Unreleased")?.version;
}

/**
 * Turns the "Unreleased" section of a changelog into the section of a release.
 *
 * @param date The date of the release, such as `2026-01-31`.
 * @throws {Error} If there are no unreleased changes.
 */
export function releaseChangelog(
  changelog: string,
  { version, date }: { readonly version: string; readonly date: string },
): string {
  const [first] = changelogSections(changelog);
  if (first?.version !== "Unreleased" || first.text === "") {
    throw new Error("the changelog has nothing under ## [Unreleased]");
  }
  return changelog.replace(
    /^## \[Unreleased\]/m,
    `## [Unreleased]\n\n## [${version}] - ${date}`,
  );
}
