/** What a page may load. */
export interface PageSources {
  /** Where its styles come from: `'self'`, or hashes. */
  readonly styles: string;
  /** Where its scripts come from. */
  readonly scripts: string;
  /** What its scripts may ask for; nothing where it is left out. */
  readonly connections?: string;
}

/**
 * A Content-Security-Policy: nothing is allowed but the page's own script and style, and no text can
 * become markup.
 */
export function pagePolicy(
  { styles, scripts, connections }: PageSources,
): string {
  return [
    "default-src 'none'",
    `style-src ${styles}`,
    `script-src ${scripts}`,
    ...(connections === undefined ? [] : [`connect-src ${connections}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

/** The policy of a page that is one file, as the element of its head that says it. */
export async function inlinePolicy(
  style: string,
  script: string,
): Promise<string> {
  const policy = pagePolicy({
    styles: `'${await hash(style)}'`,
    scripts: `'${await hash(script)}'`,
  });
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
}

async function hash(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
