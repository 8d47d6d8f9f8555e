/** A tagged template's text with `$1` for each value; the same template gives the same text, so that the server keeps one plan. */
export function textOf(strings: TemplateStringsArray): string {
  let text = texts.get(strings);
  if (text === undefined) {
    text = strings.reduce((sum, part, index) => (index === 0 ? part : `${sum}$${index}${part}`), "");
    texts.set(strings, text);
  }
  return text;
}
const texts = new WeakMap<TemplateStringsArray, string>();
