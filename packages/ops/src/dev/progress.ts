import { styleText } from "node:util";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * Shows what is being done: a line that moves on a terminal, a line at the end of each step elsewhere.
 * Not a spinner of @clack/prompts, which reads the keyboard and ends the process itself on Ctrl-C, so that nothing
 * would be stopped in order.
 */
export function createProgress(out: NodeJS.WriteStream = process.stderr) {
  let current = "";
  let timer: NodeJS.Timeout | undefined;
  let tick = 0;
  const paint = () =>
    out.write(`\r\x1b[2K${styleText("cyan", frames[tick++ % frames.length] ?? "", { stream: out })} ${current}`);
  const wipe = () => {
    if (timer) out.write("\r\x1b[2K");
  };

  function start(text: string) {
    current = text;
    if (!out.isTTY) return;
    timer = setInterval(paint, 80);
    paint();
  }

  function end() {
    wipe();
    clearInterval(timer);
    timer = undefined;
  }

  return {
    /** Runs a step and leaves one line of it: `done` may add what came out, `isGood` say that it was a failure. */
    async step<T>(
      text: string,
      work: () => Promise<T>,
      done: (result: T) => string = () => text,
      isGood: (result: T) => boolean = () => true,
    ): Promise<T> {
      const began = performance.now();
      start(`${text} …`);
      try {
        const result = await work();
        end();
        const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
        const mark = isGood(result) ? styleText("green", "✓", { stream: out }) : styleText("red", "✗", { stream: out });
        out.write(`${mark} ${done(result)} ${styleText("dim", `(${seconds})`, { stream: out })}\n`);
        return result;
      } finally {
        end();
      }
    },
    /** Another text for the step that is running. */
    update(text: string) {
      current = text;
    },
    /** A line of its own, above a step that is running. */
    say(line: string) {
      wipe();
      out.write(`${line}\n`);
      if (timer) paint();
    },
  };
}

export type Progress = ReturnType<typeof createProgress>;
