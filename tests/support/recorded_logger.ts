/** A logger that adds each message to a list. */
export function recordedLogger(messages: string[]) {
  const add = (message: string) => {
    messages.push(message);
  };
  return { debug: add, info: add, warn: add, error: add };
}
