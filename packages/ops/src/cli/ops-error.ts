/**
 * Something a person can put right. The message is a clear sentence and `next` says what to do;
 * commands print both and no stack.
 */
export class OpsError extends Error {
  override name = "OpsError";
  readonly next: string | undefined;

  constructor(message: string, next?: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}
