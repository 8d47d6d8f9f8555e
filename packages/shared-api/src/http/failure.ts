export type Failure = ReturnType<typeof openFailure>;

/** Carries what failed to the one line that a request leaves in the log. */
export function openFailure() {
  let level: "info" | "warn" | "error" = "info";
  let error: Record<string, unknown> | undefined;
  let isWritten = false;

  return {
    /** Whether the line is still to be written; afterwards, what was answered too late fails for itself. */
    tell(failedLevel: "warn" | "error", details: Record<string, unknown>): boolean {
      if (isWritten) return false;
      level = failedLevel;
      error = details;
      return true;
    },
    close() {
      isWritten = true;
      return { level, error };
    },
  };
}
