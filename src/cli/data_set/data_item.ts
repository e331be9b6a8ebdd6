import type { GenerateOptions, Message, Prompt } from "../../../mod.ts";
import { optionsOfBody } from "../../options/options_of_body.ts";
import { isJsonObject } from "../../util/json_object.ts";
import { OPTION_FLAGS } from "../flags/option_flags.ts";
import { type FlagKind, readValue } from "../flags/read_flags.ts";
import { EXPORT_COLUMNS } from "../output/export_row.ts";
import { LINE_FIELDS } from "../output/sample_fields.ts";
import { optionOfField } from "./option_of_field.ts";

/** A prompt of a data set. */
export interface DataItem {
  /** Its file and line, such as `prompts.jsonl:3`. */
  readonly place: string;
  /** The data set's id of the prompt as JSON, as it is written, or `null` if it has none. */
  readonly id: string | null;
  /** The prompt. */
  readonly prompt: Prompt;
  /** The options in its fields. */
  readonly options: GenerateOptions;
  /** The fields that set options, and are copied to the output, as JSON. */
  readonly optionFields: ReadonlyMap<string, string>;
  /** The other fields as JSON, as they are written. They are copied to the output. */
  readonly carried: ReadonlyMap<string, string>;
  /** The prompt as JSON, as it is written. */
  readonly promptJson: string;
}

/** The fields of a row. */
export interface RowFields {
  /** The names, in their order. */
  readonly names: readonly string[];
  /** Returns a field as JSON, as it is written. */
  readonly json: (name: string) => string;
  /** Returns the value of a field. */
  readonly value: (name: string) => unknown;
  /** Whether all values are texts, as in CSV. */
  readonly isText: boolean;
}

/**
 * Converts the fields of a line to a prompt. Options can have the names of this package or of the
 * Python package: `maxTokens`, `max_tokens`. A row of `rollouts cache export` is the prompt of its
 * sample, with the sample's parameters.
 *
 * @throws {TypeError} If the prompt is missing, or an option cannot be parsed or set.
 */
export function dataItem(fields: RowFields, place: string): DataItem {
  const { names, json, value, isText } = fields;
  const isExport = Object.keys(EXPORT_COLUMNS)
    .every((name) => names.includes(name));
  const options = new Map<string, unknown>(
    isExport ? exportedOptions(value("parameters")) : [],
  );
  const carried = new Map<string, string>();
  const optionFields = new Map<string, string>();
  const spellings = new Map<string, string>();
  for (const name of names) {
    if (name === "id" || name === "prompt" || name === "messages") continue;
    // The others describe the exported sample, and the output has them, too.
    const isSkipped = isExport && Object.hasOwn(EXPORT_COLUMNS, name) &&
      name !== "model" && name !== "seed";
    if (isSkipped) continue;
    const option = optionOfField(name, () => value(name));
    if (option !== null) {
      const given = value(name);
      if (given === "" || given === null) continue;
      const other = spellings.get(option);
      if (other !== undefined) {
        throw new TypeError(
          `its fields ${other} and ${name} both set ${option}: remove one`,
        );
      }
      spellings.set(option, name);
      const kind = OPTION_FLAGS[option];
      options.set(
        option,
        isText ? readValue(name, given, textKind(kind)) : given,
      );
      if (!isOfSample(option)) optionFields.set(name, json(name));
    } else if (LINE_FIELDS.some((field) => field === name)) {
      throw new TypeError(
        `its field ${name} has the name of a field of the output: rename it`,
      );
    } else carried.set(name, json(name));
  }
  const isEmpty = (name: string) =>
    (isText || isExport) && (value(name) === "" || value(name) === null);
  const given = ["prompt", "messages"].filter((name) =>
    names.includes(name) && !isEmpty(name)
  );
  if (given.length !== 1) {
    throw new TypeError(
      given.length > 0
        ? 'it has both "prompt" and "messages": remove one'
        : missingPrompt(names, isText),
    );
  }
  const written = value(given[0]!);
  const mayBeJson = isExport ? given[0] === "messages" : isText;
  const prompt = promptOf(written, mayBeJson);
  return {
    place,
    id: names.includes("id") ? idOf(value("id"), json("id")) : null,
    prompt,
    options: Object.fromEntries(options),
    optionFields,
    carried,
    promptJson: prompt === written ? json(given[0]!) : JSON.stringify(prompt),
  };
}

/** Whether the line of a sample has a field of its own for what an option says about all of them. */
function isOfSample(option: string): boolean {
  return option === "model" || option === "nSamples" ||
    LINE_FIELDS.some((field) => field === option);
}

/** The most field names that a message shows. */
const MAX_NAMES = 10;

function missingPrompt(names: readonly string[], isText: boolean): string {
  const what = isText ? "column" : "field";
  const shown = names.slice(0, MAX_NAMES).map((name) => JSON.stringify(name));
  const more = names.length > MAX_NAMES ? ", …" : "";
  const has = names.length === 0
    ? `it has no ${what}s`
    : `its ${what}s are ${shown.join(", ")}${more}`;
  const isOtherSeparator = isText && names.length === 1 &&
    /[;\t|]/.test(names[0]!);
  return `it needs a ${what} "prompt" or "messages"; ${has}` +
    (isOtherSeparator ? ": separate columns with commas" : "");
}

/** Returns an id as JSON: numbers as they are written, as a copy that does not keep the line in memory. */
function idOf(id: unknown, json: string): string {
  return typeof id === "string" ? JSON.stringify(id) : [...json].join("");
}

/** Returns the options that an exported row lists as the parameters of its request. */
function exportedOptions(json: unknown): [string, unknown][] {
  const parameters: unknown = JSON.parse(String(json));
  return isJsonObject(parameters)
    ? Object.entries(optionsOfBody(parameters))
    : [];
}

function promptOf(value: unknown, mayBeJson: boolean): Prompt {
  if (
    mayBeJson && typeof value === "string" && /^\s*\[\s*\{/.test(value)
  ) return JSON.parse(value) as Message[];
  return value as Prompt;
}

function textKind(kind: FlagKind): FlagKind {
  return kind === "boolean" ? "json" : kind;
}
