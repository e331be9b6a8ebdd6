import type { GenerateOptions, Message, Prompt } from "../../../mod.ts";
import { OPTION_FLAGS } from "../flags/option_flags.ts";
import { optionOfField } from "./option_of_field.ts";
import { type FlagKind, readValue } from "../flags/read_flags.ts";
import { LINE_FIELDS } from "../output/sample_fields.ts";

/** A prompt of a data set. */
export interface DataItem {
  /** Its file and line, such as `prompts.jsonl:3`. */
  readonly place: string;
  /** The data set's id of the prompt. */
  readonly id: unknown;
  readonly prompt: Prompt;
  /** The options in its fields. */
  readonly options: GenerateOptions;
  /** The other fields, which are copied to the output. */
  readonly carried: Readonly<Record<string, unknown>>;
}

/**
 * Converts the fields of a line to a prompt. Options can have the names of this package or of the
 * Python package: `maxTokens`, `max_tokens`.
 *
 * @throws {TypeError} If the prompt is missing, or an option cannot be parsed.
 */
export function dataItem(
  fields: Readonly<Record<string, unknown>>,
  { place, isText }: {
    /** Its file and line. */
    readonly place: string;
    /** Whether all values are texts, as in CSV. */
    readonly isText: boolean;
  },
): DataItem {
  const { id, prompt, messages, ...others } = fields;
  const options: Record<string, unknown> = {};
  const carried: Record<string, unknown> = {};
  const spellings = new Map<string, string>();
  for (const [name, value] of Object.entries(others)) {
    const option = optionOfField(name, value);
    if (option === null) {
      if (LINE_FIELDS.some((field) => field === name)) {
        throw new TypeError(
          `its field ${name} would be lost: the output has one of that name`,
        );
      }
      carried[name] = value;
    } else if (value !== "" && value !== null) {
      const other = spellings.get(option);
      if (other !== undefined) {
        throw new TypeError(
          `its fields ${other} and ${name} both set the option ${option}: remove one`,
        );
      }
      spellings.set(option, name);
      options[option] = isText
        ? readValue(name, value, textKind(OPTION_FLAGS[option]))
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
