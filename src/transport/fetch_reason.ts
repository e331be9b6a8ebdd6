/** Why `fetch` failed. Node's message is only "fetch failed", and the cause has the reason. */
export function fetchReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  if (!(cause instanceof Error)) return message;
  // Where several addresses were tried, the cause has a code alone.
  const reason = cause.message || ("code" in cause ? String(cause.code) : "");
  return reason === "" || message.includes(reason)
    ? message
    : `${message}: ${reason}`;
}
