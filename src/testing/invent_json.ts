import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { pick, type Random } from "./random.ts";

/**
 * Invents a value that matches a JSON schema. It supports the keywords of structured outputs: type,
 * properties, items, enum, const, anyOf, oneOf, minimum, maximum and minItems.
 */
export function inventJson(schema: unknown, random: Random): unknown {
  if (!isJsonObject(schema)) return inventAnswer(random);
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return pick(random, schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return inventJson(choices[0], random);
  switch (typeOf(schema)) {
    case "object":
      return inventObject(schema.properties, random);
    case "array":
      return inventArray(schema, random);
    case "string":
      return pick(random, WORDS);
    case "integer":
      return Math.floor(inventNumber(schema, random));
    case "number":
      return inventNumber(schema, random);
    case "boolean":
      return random() < 0.5;
    case "null":
      return null;
    default:
      return inventAnswer(random);
  }
}

const WORDS = ["amber", "birch", "cobalt", "dune", "ember", "fjord", "grove"];

function typeOf(schema: JsonObject): unknown {
  if (Array.isArray(schema.type)) return schema.type[0];
  return schema.type ??
    (isJsonObject(schema.properties) ? "object" : undefined);
}

function inventAnswer(random: Random): JsonObject {
  return {
    answer: pick(random, WORDS),
    confidence: Math.round(random() * 100) / 100,
  };
}

function inventObject(properties: unknown, random: Random): JsonObject {
  if (!isJsonObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties)
      .map(([name, schema]) => [name, inventJson(schema, random)]),
  );
}

function inventArray(schema: JsonObject, random: Random): unknown[] {
  const length = typeof schema.minItems === "number" ? schema.minItems : 2;
  return Array.from({ length }, () => inventJson(schema.items, random));
}

function inventNumber(schema: JsonObject, random: Random): number {
  const min = typeof schema.minimum === "number" ? schema.minimum : 0;
  const max = typeof schema.maximum === "number" ? schema.maximum : min + 100;
  return min + Math.round(random() * (max - min) * 100) / 100;
}
