/**
 * The npm packages that are measured, and their versions. They are not in `deno.json`, so that
 * tests do not download them.
 */
export const PACKAGE_VERSIONS = {
  "@openrouter/ai-sdk-provider": "3.1.0",
  "@openrouter/sdk": "1.3.19",
  "ai": "7.0.173",
  "openai": "7.57.0",
} as const satisfies Readonly<Record<string, string>>;
