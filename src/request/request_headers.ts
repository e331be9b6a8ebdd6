/** The headers of a request for a sample. */
export function requestHeaders(apiKey: string): Record<string, string> {
  return {
    "Authorization": `Bearer ${apiKey}`,
    "Content-Type": "application/json",
    "X-OpenRouter-Title": "rollouts",
    // OpenRouter's own cache is keyed on the body: it could give two samples one answer.
    "X-OpenRouter-Cache": "false",
  };
}
