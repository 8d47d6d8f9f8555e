import { styleText } from "node:util";
import type { Command } from "commander";
import { OpsError } from "./ops-error.ts";

/** Runs a command to its end; an error becomes sentences on stderr and exit code 1, with a stack only under DEBUG. */
export async function runCommand(program: Command, argv: readonly string[] = process.argv): Promise<void> {
  try {
    await program.showHelpAfterError("(--help explains)").parseAsync(argv);
  } catch (error) {
    printError(error);
    process.exitCode = 1;
  }
}

export function printError(error: unknown): void {
  const { message, next } = describe(error);
  process.stderr.write(`${styleText("red", "✗", { stream: process.stderr })} ${message}\n`);
  if (next) process.stderr.write(`  ${next}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

function describe(error: unknown): { message: string; next?: string | undefined } {
  if (error instanceof OpsError) return error;
  if (!(error instanceof Error)) return { message: String(error) };
  // The environment's own error already names every wrong variable and no value.
  if (error.name === "EnvError") return { message: error.message };
  return { message: `Unexpected: ${error.message}`, next: process.env.DEBUG ? undefined : "DEBUG=1 shows where." };
}
