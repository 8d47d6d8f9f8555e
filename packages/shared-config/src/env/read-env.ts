import type { Product } from "../products/define-product.ts";
import { type Env, toEnv } from "./env.ts";
import { EnvError } from "./env-error.ts";
import { checkRules } from "./rules.ts";
import { secretsFromFiles } from "./secrets-from-files.ts";
import { secretNames, variables } from "./variables.ts";

/**
 * The product's settings from `process.env` or the like; blank variables count as not set, unknown ones are ignored.
 * Throws EnvError, which names every wrong variable at once and shows no value.
 */
export function readEnv(product: Product, source: Readonly<Record<string, string | undefined>>): Env {
  const { values, problems: fileProblems } = secretsFromFiles(source, secretNames);
  const schema = variables.superRefine((given, ctx) => checkRules(product, given, ctx), { when: () => true });
  const result = schema.safeParse(values, { jitless: true }); // once: to compile it would take longer

  // A secret whose file could not be read is not missing as well.
  const reported = new Set(fileProblems.map(({ variable }) => variable.replace(/_FILE$/, "")));
  const problems = (result.error?.issues ?? [])
    .map((issue) => ({ variable: String(issue.path[0]), problem: issue.message }))
    .filter(({ variable }) => !reported.has(variable));

  if (!result.success || fileProblems.length > 0) throw new EnvError(product, [...fileProblems, ...problems]);
  return toEnv(product, result.data);
}
