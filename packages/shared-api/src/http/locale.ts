import type { Product } from "@whitelabel/shared-config";
import type { Context } from "hono";
import { accepts } from "hono/accepts";

/**
 * The locale to answer in: what the query asks for, else the first that the browser prefers and the product has. `vary`
 * names the other headers that an answer differs by, too.
 */
export function localeOf(
  c: Context,
  { locales }: Product,
  asked: string | undefined,
  vary = "Accept-Language",
): string {
  const locale = asked ?? preferred(c, locales);
  c.header("Content-Language", locale);
  c.header("Vary", vary, { append: true });
  return locale;
}

function preferred(c: Context, locales: readonly string[]): string {
  const fallback = locales[0] ?? "en";
  return accepts(c, {
    header: "Accept-Language",
    supports: [...locales],
    default: fallback,
    match: (wanted) => {
      for (const { type, q } of wanted.toSorted((a, b) => b.q - a.q)) {
        // `th` and `th-TH` both mean our `th`.
        const found =
          q > 0 && locales.find((locale) => `${type.toLowerCase()}-`.startsWith(`${locale.toLowerCase()}-`));
        if (found) return found;
      }
      return fallback;
    },
  });
}
