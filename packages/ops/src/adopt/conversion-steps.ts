/** Statements by when they can run: what stands in the way goes first, what holds data goes last. */
export type Steps = Record<"superuser" | "renames" | "drops" | "makes" | "columns" | "adds" | "removes", string[]>;

export const id = (name: string): string => (name.startsWith('"') ? name : `"${name}"`);

/** The object's own name after its table's. */
export const lastOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** A statement that loses data is not run by whoever pastes the whole: it is a comment, and says what it loses. */
export const losing = (what: string, statement: string): string =>
  `-- Loses ${what}. Keep what is needed of it first; then it is:\n-- ${statement}`;
