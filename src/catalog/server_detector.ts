import { StoppedError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import type { ServerName } from "../server_name.ts";
import { anySignal } from "../util/any_signal.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { lightSignal } from "../util/light_signal.ts";
import type { Log } from "../util/log.ts";
import { SingleFlight } from "../util/single_flight.ts";
import { withAbortController } from "../util/with_abort_controller.ts";
import { detectServer } from "./detect_server.ts";

/** The settings that a detection needs besides the base URL. */
export interface DetectionContext {
  readonly settings: Settings;
  /** The API key, or `null` to send none. */
  readonly apiKey: string | null;
  readonly log: Log;
}

/** Detects the kind of each server once. Concurrent calls share the requests. */
export class ServerDetector {
  readonly #fetch: typeof globalThis.fetch | undefined;
  readonly #known = new Map<string, ServerName>();
  readonly #inFlight = new SingleFlight<ServerName>({ sharesFailure: true });
  readonly #stop = new LightAbortController();

  /** @param fetch Sends the requests. By default the global `fetch`. */
  constructor(fetch?: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  /**
   * Returns the kind of a server: see {@linkcode detectServer}.
   *
   * @throws {StoppedError} If {@linkcode ServerDetector.stop} was called.
   * @throws The signal's reason, if it is aborted.
   */
  async detect(
    baseUrl: string,
    { settings, apiKey, log }: DetectionContext,
  ): Promise<ServerName> {
    const target = JSON.stringify([baseUrl, apiKey]);
    const known = this.#known.get(target);
    if (known !== undefined) return known;
    const signal = settings.signal === undefined
      ? this.#stop
      : anySignal(lightSignal(settings.signal), this.#stop);
    const server = await this.#inFlight.run(
      target,
      { abortSignal: signal, stopSignal: signal },
      ({ abortSignal }) =>
        withAbortController(abortSignal, ({ signal }) =>
          detectServer(baseUrl, {
            apiKey,
            fetch: this.#fetch,
            signal,
            limits: { ...settings, maxElapsedMs: Infinity },
            onRetry: ({ message }) =>
              log.warn(
                `cannot detect the kind of server at ${baseUrl}, retrying: ${message}; ` +
                  "set the option server to skip this",
                `detection of ${baseUrl}`,
              ),
          })),
    );
    if (!this.#known.has(target)) {
      log.debug(`${baseUrl} is a server of kind ${server}`);
    }
    this.#known.set(target, server);
    return server;
  }

  /** Ends detections in progress. */
  stop(): void {
    this.#stop.abort(new StoppedError("the client was stopped"));
  }
}
