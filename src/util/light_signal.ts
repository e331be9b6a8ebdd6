import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "./light_abort_controller.ts";

let lightSignals: WeakMap<AbortSignal, LightAbortController> | undefined;

/**
 * Returns a light signal that is aborted when the platform's signal is. It adds one listener to the
 * signal, however many calls share it: Node warns of more than ten.
 */
export function lightSignal(signal: AbortSignal): AbortSignalLike {
  lightSignals ??= new WeakMap();
  const known = lightSignals.get(signal);
  if (known !== undefined) return known;
  const light = new LightAbortController();
  lightSignals.set(signal, light);
  if (signal.aborted) light.abort(signal.reason);
  signal.addEventListener("abort", () => light.abort(signal.reason), {
    once: true,
  });
  return light;
}
