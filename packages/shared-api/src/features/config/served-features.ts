import type { Env } from "@whitelabel/shared-config";

/** The features that this code has routes for. A feature adds itself here when it is built. */
const built = ["front_desk", "parking"] as const satisfies (keyof Env["features"])[];

/** What a frontend may offer: built, part of the product, and switched on in this deployment. */
export function servedFeatures({ features }: Pick<Env, "features">): string[] {
  return built.filter((feature) => features[feature]);
}
