import type { GenerateOptions, Message, Prompt } from "../../../mod.ts";
import { OPTION_FLAGS } from "../flags/option_flags.ts";
import { optionOfField } from "./option_of_field.ts";
import type { FlagKind } from "../../options/value_type.ts";
import { readValue } from "../flags/read_flags.ts";
import { OWN_FIELDS, type PromptFields } from "../output/sample_line.ts";

/** One prompt of a data set. */
export interface DataItem extends PromptFields {
  /** Where it stands, such as `prompts.jsonl:3`. */
  readonly place: string;
  /** Its own options. */
  readonly options: GenerateOptions;
}

/**
 * A prompt of a data set from the fields that it has there. Options may be called as in this package or
 * as in Python: `maxTokens`, `max_tokens`.
 *
 * @throws {TypeError} Where it has no prompt, or an option that cannot be read.
 */
export function dataItem(
  fields: Readonly<Record<string, unknown>>,
  { place, isText }: {
    /** Where it stands. */
    readonly place: string;
    /** Whether its fields are all texts, as in CSV. */
    readonly isText: boolean;
  },
): DataItem {
  const { id, prompt, messages, ...others } = fields;
  const options: Record<string, unknown> = {};
  const carried: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(others)) {
    const option = optionOfField(name);
    if (option === null) {
      if (OWN_FIELDS.has(name)) {
        throw new TypeError(
          `its field ${name} would be lost: the output has one of that name`,
        );
      }
      carried[name] = value;
    } else if (value !== "" && value !== null) {
      options[option] = isText
        ? readValue(name, value, textKind(OPTION_FLAGS[option]!))
        : value;
    }
  }
  const both = ["prompt", "messages"].filter((name) =>
    Object.hasOwn(fields, name)
  );
  if (both.length !== 1) {
    const has = both.length === 0 ? "neither" : "both";
    throw new TypeError(`it needs prompt or messages, and has ${has}`);
  }
  return {
    place,
    id,
    prompt: promptOf(prompt ?? messages, isText),
    options,
    carried,
  };
}

function promptOf(value: unknown, isText: boolean): Prompt {
  if (isText && typeof value === "string" && /^\s*\[\s*\{/.test(value)) {
    return JSON.parse(value) as Message[];
  }
  return value as Prompt;
}

function textKind(kind: FlagKind): FlagKind {
  return kind === "boolean" ? "json" : kind;
}
