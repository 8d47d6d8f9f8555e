/** One spelling for a tag, when it is stored and when it is looked for. */
export function normaliseTag(text: string): string {
  return text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}
