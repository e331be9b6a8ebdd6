/** The address of OpenRouter's API. */
export const OPENROUTER_BASE_URL = "https://openrouter.ai/api/v1";

/** Whether a URL is OpenRouter's, and not that of another server that speaks its API. */
export function isOpenRouter(url: string): boolean {
  return new URL(url).host === new URL(OPENROUTER_BASE_URL).host;
}
