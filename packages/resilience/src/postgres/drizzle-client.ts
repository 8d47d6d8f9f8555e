import type { Pool, Statements, Transaction } from "./pool.ts";

/**
 * The pool in the shape of the postgres.js client that Drizzle's driver expects. Drizzle changes the parsers of the
 * client it is given; here these are tables that nothing reads, and the pool's own stay.
 */
export function drizzleClient(pool: Pool): object {
  return {
    ...statementsFor(pool),
    begin: (fn: (tx: object) => Promise<unknown>) => pool.transaction((tx) => fn(transactionFor(tx))),
  };
}

function transactionFor(tx: Transaction): object {
  return {
    ...statementsFor(tx),
    savepoint: (fn: (nested: object) => Promise<unknown>) => tx.savepoint((nested) => fn(transactionFor(nested))),
  };
}

function statementsFor(statements: Statements) {
  return {
    options: { parsers: {}, serializers: {} },
    unsafe: (text: string, params: readonly unknown[] = []) => ({
      values: () => statements.values(text, params),
      // biome-ignore lint/suspicious/noThenProperty: Drizzle awaits this, or asks for values() instead; one of both is sent
      then: (...handlers: Parameters<Promise<unknown>["then"]>) => statements.query(text, params).then(...handlers),
    }),
  };
}
