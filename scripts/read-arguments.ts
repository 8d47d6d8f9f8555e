import { type ParseArgsConfig, parseArgs } from "node:util";

/** What the script was given. `--help` prints the text and ends; an option that it does not know is refused. */
export function readArguments<T extends ParseArgsConfig>(help: string, config: T): ReturnType<typeof parseArgs<T>> {
  if (process.argv.slice(2).some((argument) => argument === "--help" || argument === "-h")) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`✗ ${(error as Error).message}\n\n${help}`);
    process.exit(1);
  }
}
