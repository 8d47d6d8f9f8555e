/** Ends a process that must not run, with one message for whoever started it. */
export function exit(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
