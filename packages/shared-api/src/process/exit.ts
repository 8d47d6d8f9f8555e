/** Ends a process that must not run, with one message for whoever started it. */
export function exit(message: string): never {
  console.error(message);
  process.exit(1);
}
