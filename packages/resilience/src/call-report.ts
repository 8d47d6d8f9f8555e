/** What can be told of one call to a store without its values; the times are those of `performance.now()`. */
export type CallReport = Readonly<{
  /** The statement's text with `$1` for each value, or the command's name. */
  text: string;
  asked_at: number;
  /** When a connection took it; undefined if none ever did. */
  sent_at: number | undefined;
  /** The error that the caller gets. */
  failure: unknown;
}>;

/** Called when a call has its answer, in the asynchronous context of whoever asked. */
export type OnAnswer = (report: CallReport) => void;
