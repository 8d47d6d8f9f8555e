import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { askNo } from "./ask.ts";

async function ask(typed: string | undefined) {
  const input = new PassThrough();
  const output = new PassThrough();
  const answer = askNo("Go on?", { input, output });
  if (typed === undefined) input.end();
  else input.write(typed);
  return { answer: await answer, shown: String(output.read()) };
}

describe("a question whose usual answer is no", () => {
  it.each([
    ["y\n", true],
    ["Yes\r\n", true],
    [" y \n", true],
    ["n\n", false],
    ["\n", false],
    ["yarn\n", false],
    [undefined, false], // Ctrl-D, or a terminal that went away
  ])("answered with %j is %s", async (typed, expected) => {
    expect(await ask(typed)).toEqual({ answer: expected, shown: expect.stringContaining("Go on? (y/N) ") });
  });
});
