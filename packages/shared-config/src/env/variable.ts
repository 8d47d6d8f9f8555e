import { z } from "zod";
import type { Product } from "../products/define-product.ts";

/** What a person has to know of a variable; `.env.example` is written from it. */
export type VariableDoc = {
  about: string;
  /** May come from the file that `NAME_FILE` names. */
  isSecret?: true;
  /** What a developer sets: a fact of the product, a placeholder, or nothing for a key that nobody may be shown. */
  example?: (product: Product) => string;
};

export const docs = z.registry<VariableDoc>();

/** A variable that has to be set. */
export function required<T extends z.ZodType>(schema: T, doc: VariableDoc): T {
  docs.add(schema, doc);
  return schema;
}

/** One that may be left out; what then holds is in defaults.ts. */
export function optional<T extends z.ZodType>(schema: T, doc: VariableDoc): z.ZodExactOptional<T> {
  return required(schema.exactOptional(), doc);
}
