import type { Product } from "@whitelabel/shared-config";

/** One named fact of the definitions: each feature switch, and whatever else is not the same everywhere. */
export type FactRow = Readonly<{
  /** As in a definition, such as `features.chat`. */
  fact: string;
  products: Readonly<Record<string, unknown>>;
  differs: boolean;
  /** By product; a definition says why in `reasons`. */
  reasons: Readonly<Record<string, string>>;
}>;

// What makes a product itself, and names derived from its id: they differ always, and nothing is ported by them.
const itself: ReadonlySet<string> = new Set<keyof Product>([
  ...(["id", "name", "port", "redisDb", "theme", "frontendUrl", "clerkInstances", "development", "reasons"] as const),
  ...(["databaseName", "runtimeRole", "migratorRole", "coreReaderRole", "redisPrefix", "redisUser"] as const),
]);

/** A fact that is new is in it by itself. */
export function readFacts(products: readonly Product[]): FactRow[] {
  const facts = products.map((product) => ({ product, values: flatten(product) }));
  const names = [...new Set(facts.flatMap(({ values }) => [...values.keys()]))];
  return names
    .map((fact) => ({
      fact,
      products: Object.fromEntries(facts.map(({ product, values }) => [product.id, values.get(fact) ?? null])),
      differs: new Set(facts.map(({ values }) => JSON.stringify(values.get(fact)))).size > 1,
      reasons: Object.fromEntries(
        products.flatMap(({ id, reasons }) =>
          Object.entries(reasons).flatMap(([name, reason]) =>
            name === fact && reason !== undefined ? [[id, reason]] : [],
          ),
        ),
      ),
    }))
    .filter(({ fact, differs }) => differs || fact.startsWith("features."));
}

function flatten(product: Product): Map<string, unknown> {
  const facts = Object.entries(product).filter(([name]) => !itself.has(name));
  return new Map(
    facts.flatMap(([name, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([key, inner]): [string, unknown] => [`${name}.${key}`, inner])
        : [[name, value] as [string, unknown]],
    ),
  );
}
