/** Returns the header with an API key; `apiKey` is `null` to send none. */
export function authorization(apiKey: string | null): Record<string, string> {
  return apiKey === null ? {} : { "Authorization": `Bearer ${apiKey}` };
}

/** Returns the headers of a request for a sample; `apiKey` is `null` to send none. */
export function requestHeaders(apiKey: string | null): Record<string, string> {
  return {
    ...authorization(apiKey),
    "Content-Type": "application/json",
    "X-OpenRouter-Title": "rollouts",
    // OpenRouter's own cache is keyed on the body: it could give two samples one answer.
    "X-OpenRouter-Cache": "false",
    // Answers then report whether OpenRouter compressed the prompt, and how it routed the request.
    "X-OpenRouter-Metadata": "enabled",
  };
}
