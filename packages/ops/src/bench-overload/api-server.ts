import type { Product } from "@whitelabel/shared-config";
import { setStage, startApi } from "../bench/stage.ts";

/** A product's API as production runs it, bundled and as a process on a core of its own, over a seeded database. */
export async function startApiServer(product: Product) {
  const stage = await setStage(product);
  try {
    const { port, pid, stop } = await startApi(stage, { DATABASE_POOL_SIZE: "10", DATABASE_MAX_OVERFLOW: "20" });
    return {
      port,
      pid,
      stop: async () => {
        await stop();
        await stage.stop();
      },
    };
  } catch (error) {
    await stage.stop();
    throw error;
  }
}
