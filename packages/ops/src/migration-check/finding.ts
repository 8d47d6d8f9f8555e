/** Something that has to be put right before the change can go in. */
export type Finding = Readonly<{
  product: string;
  /** As a person would type it. */
  file: string;
  line: number;
  /** What it is called in `-- allow <rule>: <reason>`, where it can be allowed. */
  rule: string;
  message: string;
  next: string;
}>;

/** The line that a character of a text is in, from 1 on. */
export const lineAt = (text: string, index: number): number => text.slice(0, Math.max(index, 0)).split("\n").length;

/** Where a name stands in a file; its first line, if it is nowhere. */
export function lineOf(text: string, name: string): number {
  return lineAt(text, text.search(new RegExp(`\\b${name.replace(/\W/g, "\\$&")}\\b`)));
}
