import { OPTIONS } from "../options/all_options.ts";
import { objectOrEmpty } from "../util/json_object.ts";

/** The parameters of a model, as `GET /models` lists them. */
export interface ModelParameters {
  /** The API's names of the parameters that at least one endpoint supports; empty if unknown. */
  readonly supported: readonly string[];
  /** The model's own defaults, by the API's names. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** Parses the parameters of a model of `GET /models`. */
export function parseParameters(
  model: Readonly<Record<string, unknown>>,
): ModelParameters {
  const { supported_parameters: supported, default_parameters: defaults } =
    model;
  return {
    supported: Array.isArray(supported) ? supported.map(String) : [],
    defaults: objectOrEmpty(defaults),
  };
}

/**
 * Warns about parameters that the model does not support, which some providers reject, and about
 * this package's defaults that differ from the model's own.
 *
 * @param body The body of the request.
 */
export function parameterWarnings(
  model: string,
  body: Readonly<Record<string, unknown>>,
  { supported, defaults }: ModelParameters,
): string[] {
  const warnings: string[] = [];
  const known = new Set([...supported, ...ALWAYS_KNOWN]);
  if (known.has("max_tokens")) known.add("max_completion_tokens");
  if (known.has("reasoning")) known.add("include_reasoning");
  for (const { name, bodyField, type, default: value } of OPTIONS.values()) {
    if (bodyField === null || body[bodyField] === undefined) continue;
    const isNullable = type.expected(null) === null;
    if (supported.length > 0 && !known.has(bodyField)) {
      const remedy = isNullable ? `set ${name} to null` : `omit ${name}`;
      warnings.push(
        `${model} does not support ${bodyField}, and providers may ignore or reject it: ${remedy}`,
      );
    } else if (
      isNullable && body[bodyField] === value &&
      defaults[bodyField] != null && defaults[bodyField] !== value
    ) {
      warnings.push(
        `the default ${name} of this package is ${value}, that of ${model} is ${
          defaults[bodyField]
        }: set it to choose one`,
      );
    }
  }
  return warnings;
}

/** Fields that every model accepts. */
const ALWAYS_KNOWN = ["model", "provider"];
