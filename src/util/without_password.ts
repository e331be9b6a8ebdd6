/** Hides the user name, the password, and the query of the URLs in a string, for messages. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/[^\s"]*@/g, "//…@")
    .replace(/(\/\/[^\s"?#]*\?)[^\s"#]+/g, "$1…");
}
