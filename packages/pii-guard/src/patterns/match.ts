import type { PiiKind } from "../pii.ts";

/** A finding in units of the folded text. */
export type Match = Readonly<{ kind: PiiKind; from: number; to: number }>;
