import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

type Terminal = Readonly<{ input?: Readable; output?: Writable }>;

/** Whether somebody is there to be asked. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks a question whose answer is no unless somebody types y or yes: Enter alone, Ctrl-C and Ctrl-D are a no. */
export async function askNo(
  question: string,
  { input = process.stdin, output = process.stderr }: Terminal = {},
): Promise<boolean> {
  // A plain line: it reads well in any terminal, of any width or none, and beside what runs before and after it.
  const lines = createInterface({ input, output });
  const answer = await new Promise<string>((resolve) => {
    lines.once("close", () => resolve("\n"));
    lines.question(`${question} (y/N) `, resolve);
  });
  lines.close();
  if (answer === "\n") output.write("\n"); // nobody pressed Enter
  return /^y(es)?$/i.test(answer.trim());
}
