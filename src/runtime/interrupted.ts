/**
 * Resolves when the program is asked to end, by Ctrl-C or SIGTERM; from then on the next such
 * signal ends it at once. It stops listening when `signal` is aborted, and then never resolves.
 */
export function interrupted(signal?: AbortSignal): Promise<void> {
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM"];
  return new Promise((resolve) => {
    const stopListening = () => {
      for (const name of signals) Deno.removeSignalListener(name, end);
      signal?.removeEventListener("abort", stopListening);
    };
    const end = () => {
      stopListening();
      resolve();
    };
    for (const name of signals) Deno.addSignalListener(name, end);
    signal?.addEventListener("abort", stopListening, { once: true });
  });
}
