import type { CacheKeyInput } from "../request/cache_key_input.ts";
import type { JsonObject } from "../util/json_object.ts";
import { referToPrompt } from "./entry_references.ts";

export interface EntryHeadOptions {
  /** Whether to write no references. */
  readonly isWhole?: boolean;
  /** The field of the sent body that has the seed, or `null` if none is sent. */
  readonly seedField?: string | null;
}

/** The beginning of a prompt's files: its request, which differs only in the seed. */
export class EntryHead {
  /** Whether the request has no references, since it contains something that looks like one. */
  readonly isWhole: boolean;
  readonly #afterSeed: string;
  readonly #seedField: string | null;

  /**
   * Serializes the request. `sent` is the body that is sent, without the seed. If it is not `body`, or the
   * seed is sent otherwise, files have both.
   */
  constructor(
    { prompt, body, otherEndpoint, route }: CacheKeyInput,
    sent: JsonObject,
    { isWhole = false, seedField = "seed" }: EntryHeadOptions = {},
  ) {
    const shorter = [body, sent].map((body) => withReferences(body, prompt));
    this.isWhole = isWhole || shorter.includes(null);
    const [asked, request] = this.isWhole ? [body, sent] : shorter;
    const json = members({
      prompt,
      temperature: body.temperature ?? null,
      top_p: body.top_p ?? null,
      max_tokens: body.max_tokens ?? null,
      model: body.model,
      provider: body.provider ?? null,
      endpoint: otherEndpoint,
      ...(route === null ? {} : { route }),
      ...(route === null && sent === body && seedField === "seed"
        ? {}
        : { asked }),
      request,
    });
    this.#seedField = route?.seed === undefined ? seedField : null;
    // The seed is added before the brace that closes the request.
    this.#afterSeed = `,\n${json.slice(0, -1)}`;
  }

  /** Returns the beginning of a seed's file, up to the line before `version`. */
  text(seed: number): string {
    return `${opening(seed)}${this.#afterSeed}${this.#closing(seed)}`;
  }

  /** Returns where the beginning of a seed's file ends, or -1 if the file begins otherwise. */
  endIn(text: string, seed: number): number {
    // Slices of equal length are compared faster than startsWith() compares.
    let end = 0;
    for (const part of [opening(seed), this.#afterSeed, this.#closing(seed)]) {
      const start = end;
      end += part.length;
      if (text.slice(start, end) !== part) return -1;
    }
    return end;
  }

  #closing(seed: number): string {
    return this.#seedField === null
      ? "},\n"
      : `,"${this.#seedField}":${seed}},\n`;
  }
}

function opening(seed: number): string {
  return `{\n  "seed": ${seed}`;
}

/** Serializes the members of an object, one in each line, without the braces around them. */
export function members(object: JsonObject, indent = "  "): string {
  const lines = [];
  for (const name in object) {
    const value = JSON.stringify(object[name]);
    if (value !== undefined) {
      lines.push(`${indent}${JSON.stringify(name)}: ${value}`);
    }
  }
  return lines.join(",\n");
}

function withReferences(
  body: JsonObject,
  prompt: CacheKeyInput["prompt"],
): JsonObject | null {
  if (body.messages === undefined) return body;
  const messages = referToPrompt(body.messages, prompt);
  return messages === null ? null : { ...body, messages };
}
