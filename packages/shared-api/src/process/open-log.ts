import type { Env, Product } from "@whitelabel/shared-config";
import pino, { type Logger } from "pino";

/** JSON lines on stdout, each with the product. Written without blocking the process; what is left goes out at exit. */
export function openLog(product: Product, { logLevel }: Env): Logger {
  return pino(
    {
      level: logLevel,
      base: { product: product.id },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 1, sync: false }),
  );
}
