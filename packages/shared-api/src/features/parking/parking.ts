import type { Core } from "@whitelabel/core-readonly";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../http/app-error.ts";
import { frontDesk } from "../front-desk/front-desk.ts";

/** The stores of the front desk, if this deployment lets parking spaces; else the answer is that the feature is off. */
export function parking(deps: Deps): Deps & { core: Core } {
  if (!deps.env.features.parking) throw new AppError("feature_disabled", "This deployment has no parking");
  return frontDesk(deps);
}
