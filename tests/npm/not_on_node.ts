/** The unit and integration tests that are not run on Node, and why: whole files, and single tests by name. */
export const NOT_ON_NODE: {
  readonly files: Readonly<Record<string, string>>;
  readonly tests: Readonly<Record<string, string>>;
} = {
  files: {
    "tests/integration/bump_test.ts":
      "what makes and publishes the packages runs on Deno",
    "tests/integration/jsr_test.ts":
      "what makes and publishes the packages runs on Deno",
    "tests/integration/one_file_test.ts":
      "what makes and publishes the packages runs on Deno",
    "tests/integration/picture_test.ts":
      "what makes and publishes the packages runs on Deno",
    "tests/integration/readme_start_test.ts":
      "what makes and publishes the packages runs on Deno",
    "tests/integration/comparison_test.ts":
      "the others are compared with this client on Deno",
    "tests/unit/workflows_test.ts": "a linter is read from Deno's cache",
  },
  tests: {},
};
