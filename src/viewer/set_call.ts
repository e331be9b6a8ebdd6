import type { CachedEntry } from "../cache/cached_entry.ts";
import { cacheDirectory } from "../cache/cache_path.ts";
import { OPTIONS } from "../options/all_options.ts";
import { optionsOfBody } from "../options/options_of_body.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import { OPENROUTER_BASE_URL } from "../openrouter_url.ts";
import { buildRequest } from "../request/build_request.ts";
import type { SetCall, SetSamples } from "./view_data.ts";

/** Returns the properties of a set that any of its entries has, or nothing if no entry is usable. */
export function setOrigin(
  entry: CachedEntry | null,
): Omit<SetSamples, "samples"> {
  return entry === null ? { prompt: "", prefill: null, call: null } : {
    prompt: entry.prompt,
    prefill: entry.prefill,
    call: setCall(entry),
  };
}

/**
 * Returns the options of the call that stored an entry, or `null` if they cannot be found out: a call with
 * these options would store its samples elsewhere.
 */
export function setCall(entry: CachedEntry): SetCall | null {
  const options = callOptions(entry);
  try {
    const settings = resolveOptions(options);
    const { baseUrl = OPENROUTER_BASE_URL } = settings;
    const request = buildRequest(entry.prompt, settings, baseUrl);
    const stored = entry.location?.segments.join("/");
    return cacheDirectory(request).join("/") === stored ? options : null;
  } catch {
    // Another version of this package may accept what this one rejects.
    return null;
  }
}

function callOptions(
  { model, parameters, endpoint, route }: CachedEntry,
): SetCall {
  const options: Record<string, unknown> = {
    model,
    ...optionsOfBody(parameters),
  };
  for (const option of OPTIONS.values()) {
    const { name, bodyField, default: value, unsent } = option;
    const isSent = bodyField !== null && value !== undefined &&
      value !== unsent;
    // A body without the field: `null` sends none, and nothing would send the default.
    if (isSent && !Object.hasOwn(options, name)) options[name] = null;
  }
  const baseUrl = endpoint?.replace(/\/(?:chat\/)?completions$/, "");
  if (baseUrl !== undefined && baseUrl !== OPENROUTER_BASE_URL) {
    options.baseUrl = baseUrl;
  }
  if (route?.template !== undefined) options.prefillVia = "completions";
  if (route?.pin !== undefined) options.pinProvider = true;
  const isVerified = route?.verified_prefill === true;
  // Raw prompts are verified by default.
  if (isVerified || route?.template !== undefined) {
    options.verifyPrefill = isVerified;
  }
  if (route?.seed !== undefined) options.seed = null;
  return options as unknown as SetCall;
}
