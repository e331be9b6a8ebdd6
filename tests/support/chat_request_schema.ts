import { assertEquals } from "@std/assert";
import {
  type ChatRequest,
  chatRequestToJSON,
} from "npm:@openrouter/sdk@1.3.19/models/chatrequest";

/**
 * Checks the JSON body of a chat request against the schema of OpenRouter's own SDK, so that a
 * field with a wrong name or type does not pass.
 *
 * The SDK can only convert its own camel-case form to a body. So this converts the body to that
 * form, lets the SDK convert it back, and compares the results. The few fields that the API
 * documents and the SDK lacks are checked here.
 *
 * @throws {Error} If the SDK rejects the body, or converts it to a different one.
 */
export function checkChatRequestBody(body: unknown): void {
  const known = checkUndocumentedFields(body);
  const written = JSON.parse(
    chatRequestToJSON(toCamelCase(known) as ChatRequest),
  );
  assertEquals(written, { stream: false, ...known });
}

type Json = Record<string, unknown>;

/** Fields that the API documents and the SDK lacks. */
const UNDOCUMENTED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  include_reasoning: ["boolean"],
  structured_outputs: ["boolean"],
  verbosity: ["string"],
  "reasoning.max_tokens": ["number"],
  "reasoning.exclude": ["boolean"],
  "reasoning.enabled": ["boolean"],
};

/** Fields whose keys are the user's own. */
const FREE_FORM: ReadonlySet<string> = new Set(
  ["logit_bias", "metadata", "parameters", "schema", "image_config", "trace"],
);

/** Checks the fields that the SDK lacks, and returns the others. */
function checkUndocumentedFields(body: unknown): Json {
  if (!isRecord(body)) throw new TypeError("the body must be an object");
  const known: Json = {};
  for (const [name, value] of Object.entries(body)) {
    if (isUndocumented(name, value)) continue;
    known[name] = name === "reasoning" && isRecord(value)
      ? Object.fromEntries(
        Object.entries(value).filter(([part, value]) =>
          !isUndocumented(`reasoning.${part}`, value)
        ),
      )
      : value;
  }
  return known;
}

function isUndocumented(name: string, value: unknown): boolean {
  const types = UNDOCUMENTED_FIELDS[name];
  if (types === undefined) return false;
  if (types.includes(typeof value)) return true;
  throw new TypeError(`${name} must be a ${types}, got ${value}`);
}

function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
      FREE_FORM.has(name) ? value : toCamelCase(value),
    ]),
  );
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
