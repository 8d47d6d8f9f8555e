export { findPii } from "./find-pii.ts";
export type { PiiContext, PiiFinding, PiiKind, PiiName } from "./pii.ts";
export { redactPii } from "./redact-pii.ts";
