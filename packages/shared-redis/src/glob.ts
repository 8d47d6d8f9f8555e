/** A text as a pattern that matches nothing but that text. */
export function literal(text: string): string {
  return text.replace(/[\\*?[\]^-]/g, "\\$&");
}
