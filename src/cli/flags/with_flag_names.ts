import { toKebabCase } from "@std/text/to-kebab-case";
import { OPTION_FLAGS } from "./option_flags.ts";

/** Flags whose names differ from those of their options. */
const OTHER_FLAGS: Readonly<Record<string, string>> = {
  nSeeds: "seeds",
  raw: "raw",
  sendKeyTo: "send-key",
};

/** The flags by the names of the options that they set. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ...Object.keys(OPTION_FLAGS).map((name) =>
    [name, toKebabCase(name)] as const
  ),
  ...Object.entries(OTHER_FLAGS),
]);

const NAMES = [...FLAGS.keys()];

/** Names in camel case that are not part of another word, and the value that a message suggests. */
const COMPOUND_NAME = new RegExp(
  `(?<![\\p{L}\\p{N}_.$/"'\`-])(${
    NAMES.filter((name) => /[A-Z]/.test(name)).join("|")
  })(?![\\p{L}\\p{N}_$/"'\`=(-])(?:: (?:(true|false)\\b|"([^"]*)"))?`,
  "gu",
);

/** Names that are also words, in messages that can only mean the option. */
const WORD_NAME = new RegExp(
  `(^|\\b(?:set|pass|with|the option) )(${NAMES.join("|")})` +
    "(?= (?:must|is required|needs|has no effect|or|excludes|to)\\b|[,)]|$)",
  "g",
);

/** Such names with the value that a message suggests, as in `set raw: true`. */
const WORD_VALUE = new RegExp(
  `\\b((?:set|pass|with) )(${NAMES.join("|")}): (true|false)\\b`,
  "g",
);

/**
 * Returns a message of the library with flags instead of option names:
 * `maxTokens must be …` becomes `--max-tokens must be …`. The API key has no flag.
 */
export function withFlagNames(message: string): string {
  return message
    .replaceAll(/,? or (?:pass |in )?apiKey\b/g, "")
    .replace(COMPOUND_NAME, (_, name, truth, value) => {
      const flag = FLAGS.get(name);
      if (truth === "false") return `--no-${flag}`;
      return value === undefined || name === "sendKeyTo"
        ? `--${flag}`
        : `--${flag} ${value}`;
    })
    .replace(
      WORD_VALUE,
      (_, before, name, truth) =>
        `${before}--${truth === "false" ? "no-" : ""}${FLAGS.get(name)}`,
    )
    .replace(
      WORD_NAME,
      (_, before: string, name) =>
        `${before.replace(/^the option $/, "")}--${FLAGS.get(name)}`,
    );
}
