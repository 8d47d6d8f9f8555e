import { styleText } from "node:util";
import type { Product } from "@whitelabel/shared-config";

type Color = Parameters<typeof styleText>[0];
const colors: readonly Color[] = ["magenta", "cyan", "yellow", "green", "blue"];
const levelColors: Record<string, Color> = { error: "red", fatal: "red", warn: "yellow" };

/** Prints an API's lines with its product in front, each product in a colour of its own. */
export function createLogPrinter(products: readonly Product[], say: (line: string) => void) {
  const width = Math.max(...products.map(({ id }) => id.length));
  return (product: Product) => {
    const color = colors[products.indexOf(product) % colors.length] ?? "cyan";
    const prefix = styleText(color, `${product.id.padEnd(width)} │`, { stream: process.stdout });
    return (line: string) => say(`${prefix} ${process.stdout.isTTY ? readable(line) : line}`);
  };
}

/** A log record as a person reads it: time, level, message, then the facts. Other lines stay as they are. */
function readable(line: string): string {
  if (!line.startsWith("{")) return line;
  try {
    const { level, time, msg = "", product: _, ...facts } = JSON.parse(line) as Record<string, unknown>;
    const clock = styleText("dim", String(time).slice(11, 19));
    const word = styleText(levelColors[String(level)] ?? "dim", String(level));
    const rest = Object.entries(facts).map(([name, value]) => `${styleText("dim", `${name}=`)}${toText(value)}`);
    return [clock, word, msg, ...rest].join(" ");
  } catch {
    return line;
  }
}

const toText = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));
