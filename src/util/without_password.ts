/** Hides the user name and the password of the URLs in a text, for messages. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/[^\s"]*@/g, "//…@");
}
