import { styleText } from "node:util";
import type { Product } from "@whitelabel/shared-config";
import { formatTable } from "../cli/print.ts";
import type { DevProduct } from "./state.ts";

/** The one table at the end: a column for each product, so that long addresses stay whole. */
export function summaryTable(made: ReadonlyMap<Product, DevProduct>): string {
  const entries = [...made];
  const row = (title: string, of: (product: Product, dev: DevProduct) => string) => [
    styleText("bold", title),
    ...entries.map(([product, dev]) => of(product, dev)),
  ];
  return formatTable(
    ["", ...entries.map(([{ name }]) => name)],
    [
      row("API", (_, { api_url }) => api_url),
      row("Docs", (_, { api_url }) => `${api_url}/api/docs`),
      row("Database", (_, { database_url }) => withoutPassword(database_url)),
      row("Token", ({ id }, { has_development_key }) =>
        has_development_key ? `pnpm dev:token ${id} agent` : "from your Clerk project",
      ),
    ],
  );
}

/** Any secret that an address may carry stays out of the terminal, in user part and query alike. */
function withoutPassword(databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  if (!url) return "(set by you)";
  url.password = "";
  url.search = "";
  return url.href;
}
