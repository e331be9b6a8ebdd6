/** The permissions that the command needs to sample from a mock, wherever its own files are. */
export const SMALLEST_PERMISSIONS: readonly string[] = [
  "--no-prompt",
  "--allow-net=127.0.0.1",
  "--allow-read=.rollouts",
  "--allow-write=.rollouts",
  "--allow-env=OPENROUTER_API_KEY,OPENROUTER_BASE_URL",
];
