import { OPTIONS } from "../options/all_options.ts";
import type { Settings } from "../options/settings.ts";
import type { Message, RequestBody } from "../prompt.ts";

/**
 * Returns the request's body for `messages`, without options that are `null`. `applyDialect()` then adapts
 * it to the server, and `prepareRequests()` adds the seed.
 */
export function requestBody(
  messages: readonly Message[],
  settings: Settings,
): RequestBody {
  const fields: Record<string, unknown> = {};
  for (const { name, bodyField, unsent } of OPTIONS.values()) {
    const value = settings[name];
    if (bodyField === null || value == null || value === unsent) continue;
    fields[bodyField] = value;
  }
  const { model } = settings;
  return { model, messages, ...fields, ...settings.extraBody };
}
