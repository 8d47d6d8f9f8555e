/** Conditions of a query whose filters vary: texts that we wrote, and values that only ever travel as parameters. */
export function conditions() {
  const texts: string[] = [];
  const params: unknown[] = [];
  return {
    params,
    /** The placeholder for a value. */
    param: (value: unknown): string => `$${params.push(value)}`,
    add: (text: string): void => {
      texts.push(text);
    },
    text: (): string => texts.join(" and "),
  };
}

/** A pattern for `ilike` that finds the text anywhere; what has a meaning in patterns is taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
