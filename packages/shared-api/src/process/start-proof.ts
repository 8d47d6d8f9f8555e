import type { Env, Product } from "@whitelabel/shared-config";
import type { Logger } from "pino";
import { errorDetails } from "../http/error-details.ts";
import { exit } from "./exit.ts";
import { type BegunProof, type Proof, proveStores } from "./prove-stores.ts";

const AGAIN_MS = 2_000;

type Options = Readonly<{ product: Product; env: Env; log: Logger; begun: BegunProof }>;

/**
 * Proves the stores before anything is served, and ends the process if they are the wrong ones. Stores that are down
 * do not keep it from starting: each connection is checked when they come back, so that a wrong one is never used,
 * and what the whole proof then finds is logged, or ends the process where no such check knows of it.
 */
export async function startProof({ product, env, log, begun }: Options): Promise<void> {
  const proof = await proveStores(product, env, begun);
  endFor("does not start", [...proof.refusals, ...proof.endings]);
  if (proof.unproven.length === 0) settle(proof);
  else {
    log.warn({ stores: proof.unproven }, "stores did not answer; they are proved when they do");
    later();
  }

  function endFor(what: string, reasons: readonly string[]): void {
    if (reasons.length > 0) exit([`${product.id} ${what}:`, ...reasons.map((reason) => `  ${reason}`)].join("\n"));
  }

  function later(): void {
    setTimeout(async () => {
      try {
        const proof = await proveStores(product, env);
        endFor("does not go on", proof.endings);
        if (proof.unproven.length > 0) later();
        else settle(proof);
      } catch (error) {
        log.error({ error: errorDetails(error) }, "stores could not be proved");
        later();
      }
    }, AGAIN_MS).unref();
  }

  function settle({ refusals, warnings, moreWarnings }: Proof): void {
    for (const warning of warnings) log.warn(warning);
    for (const refusal of refusals) log.error(refusal);
    moreWarnings.then(
      (more) => {
        for (const warning of more) log.warn(warning);
      },
      (error) => log.error({ error: errorDetails(error) }, "core's warnings could not be asked"),
    );
  }
}
