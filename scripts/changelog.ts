/** A section of a changelog: a release, or what is not released yet. */
export interface ChangelogSection {
  /** Its version; "Unreleased" for what is not released yet. */
  readonly version: string;
  /** What stands under its heading. */
  readonly text: string;
}

/** The sections of a changelog in the format of Keep a Changelog, the newest first. */
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

/** The newest version that a changelog has; undefined where nothing is released yet. */
export function lastReleased(changelog: string): string | undefined {
  return changelogSections(changelog)
    .find(({ version }) => version !== "Unreleased")?.version;
}

/**
 * The changelog in which what was not released yet is a release.
 *
 * @param date The day of the release, such as `2026-01-31`.
 * @throws {Error} Where there is nothing that was not released yet.
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
