import type { Core } from "@whitelabel/core-readonly";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../http/app-error.ts";

/** The stores of the front desk, if this deployment has one; else the answer is that the feature is off. */
export function frontDesk({ core, ...deps }: Deps): Deps & { core: Core } {
  if (!core || !deps.env.features.front_desk) {
    throw new AppError("feature_disabled", "This deployment has no front desk");
  }
  return { ...deps, core };
}
