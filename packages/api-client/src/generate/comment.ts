import type { Schema } from "./document.ts";

/** Bounds matter to who sends a value; who gets one knows it is within them. */
export type Direction = "input" | "output";

export type Note = Readonly<{ description?: string | undefined; deprecated?: boolean | undefined }> &
  Partial<Pick<Exclude<Schema, boolean>, (typeof tags)["input"][number]>>;

/** What a type cannot say, and a frontend developer wants to know. */
const tags = {
  input: ["format", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "default", "example"],
  output: ["format", "example"],
} as const satisfies Record<Direction, readonly string[]>;

/** A doc comment from what a schema says of itself; nothing if it says nothing. */
export function comment(about: Note | Schema, direction: Direction): string {
  if (typeof about === "boolean") return "";
  const lines = about.description?.split("\n") ?? [];
  for (const tag of tags[direction]) {
    const value = about[tag];
    if (value !== undefined && !isUsualBound(value)) lines.push(`@${tag} ${textOf(value)}`);
  }
  if (about.deprecated) lines.push("@deprecated");
  return commentOf(lines);
}

/** These lines as a doc comment. */
export function commentOf(lines: readonly string[]): string {
  const safe = lines.map((line) => line.trimEnd().replaceAll("*/", "*\\/"));
  if (safe.length === 0) return "";
  if (safe.length === 1) return `/** ${safe[0]} */\n`;
  return `/**\n${safe.map((line) => (line === "" ? " *" : ` * ${line}`)).join("\n")}\n */\n`;
}

/** A bound that only says "what JavaScript can count" tells nobody anything. */
const isUsualBound = (value: unknown) =>
  typeof value === "number" && (Math.abs(value) === Number.MAX_SAFE_INTEGER || Math.abs(value) === 2 ** 31 - 1);

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
