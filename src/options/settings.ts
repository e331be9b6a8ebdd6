import type { SampledOptions } from "../sampling_options.ts";
import { OPTIONS } from "./all_options.ts";
import type { OPTION_TABLE } from "./option_table.ts";
import type { AllOptions } from "./options.ts";

/** Valid options, with the defaults filled in. */
export type Settings =
  & Omit<AllOptions, DefaultedName>
  & Required<Pick<AllOptions, DefaultedName>>
  & {
    /** The `baseUrl` that the option `apiKey` was given with: the key belongs to its host. */
    readonly keyBaseUrl?: string;
    /** The `baseUrl` that the option `headers` was given with: they belong to its host, like a key. */
    readonly headersBaseUrl?: string;
  };

type DefaultedName = keyof AllOptions & DefaultedIn<keyof typeof OPTION_TABLE>;

type DefaultedIn<Scope extends keyof typeof OPTION_TABLE> = {
  [S in Scope]: {
    [Name in keyof typeof OPTION_TABLE[S]]: typeof OPTION_TABLE[S][Name] extends
      { default: unknown } ? Name : never;
  }[keyof typeof OPTION_TABLE[S]];
}[Scope];

export const DEFAULTS = Object.fromEntries(
  [...OPTIONS.values()].filter((option) => option.default !== undefined)
    .map((option) => [option.name, option.default]),
) as Required<Pick<AllOptions, DefaultedName>>;

/** Picks the options that shape the answers of a call. */
export function samplingOptions(settings: Settings): SampledOptions {
  return Object.fromEntries(
    [...OPTIONS.values()].filter(({ name, scope }) =>
      scope === "sampling" && settings[name] !== undefined
    ).map(({ name }) => [name, settings[name]]),
  ) as unknown as SampledOptions;
}
