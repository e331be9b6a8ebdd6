/** Returns the script, the style, and the rest of a built page. */
export function pageParts(page: string) {
  const [, style] = page.match(/<style>([^]*)<\/style>/)!;
  const [, script] = page.match(/<script>([^]*)<\/script>/)!;
  const frame = page.replace(style!, "").replace(script!, "");
  return { script: script!, style: style!, frame };
}
