/** The unit and integration tests that are not run on Node, and why: whole files, and single tests by name. */
export const NOT_ON_NODE: {
  readonly files: Readonly<Record<string, string>>;
  readonly tests: Readonly<Record<string, string>>;
} = {
  files: {},
  tests: {},
};
