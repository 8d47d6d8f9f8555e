/** Carries what failed to the one line that a request leaves in the log. */
export class Failure {
  level: "info" | "warn" | "error" = "info";
  error: Record<string, unknown> | undefined;
  #isWritten = false;

  /** Whether the line is still to be written; afterwards, what was answered too late fails for itself. */
  tell(level: "warn" | "error", details: Record<string, unknown>): boolean {
    if (this.#isWritten) return false;
    this.level = level;
    this.error = details;
    return true;
  }

  /** The line is written now. */
  close(): void {
    this.#isWritten = true;
  }
}
