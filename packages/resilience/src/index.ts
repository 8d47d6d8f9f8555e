export type { CallReport, OnAnswer } from "./call-report.ts";
export { withDeadline } from "./deadline.ts";
export { type Guard, type GuardOptions, guardStore, type StoreState } from "./guard.ts";
export { type Store, StoreError, type StoreReason, storeErrorIn } from "./store-error.ts";
