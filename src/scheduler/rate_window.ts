const WINDOW_MS = 60_000;

/**
 * How much later than others a request may reach the API, in milliseconds: the first have to
 * wait for a worker and a connection. The API's window is held, not only the one seen from here.
 */
const ON_THE_WAY_MS = 1_000;

/** A limit of starts as a bucket holds it. */
export interface RateWindow {
  /** How many tokens there are. */
  readonly tokens: number;
  /** How long after it was taken a token comes back, in milliseconds. */
  readonly windowMs: number;
}

/** The bucket for a limit. Below one request a minute the window grows, and there is one token. */
export function rateWindow(requestsPerMinute: number): RateWindow {
  return {
    tokens: Math.max(1, Math.floor(requestsPerMinute)),
    windowMs: ON_THE_WAY_MS + WINDOW_MS / Math.min(1, requestsPerMinute),
  };
}
