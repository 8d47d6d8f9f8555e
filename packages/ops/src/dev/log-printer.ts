import { styleText } from "node:util";
import type { Product } from "@whitelabel/shared-config";

type Color = Parameters<typeof styleText>[0];
const colors: readonly Color[] = ["magenta", "cyan", "yellow", "green", "blue"];

/** Prints an API's lines with its product in front, each product in a colour of its own. */
export function createLogPrinter(products: readonly Product[], say: (line: string) => void) {
  const width = Math.max(...products.map(({ id }) => id.length));
  return (product: Product) => {
    const color = colors[products.indexOf(product) % colors.length] ?? "cyan";
    const prefix = styleText(color, `${product.id.padEnd(width)} │`, { stream: process.stdout });
    return (line: string) => say(`${prefix} ${line}`);
  };
}
