import type { Role } from "@whitelabel/shared-db";

/** Nobody, a guest with a link, whoever has a role, or whoever has this token. */
export type As = "nobody" | "guest" | Role | Readonly<{ token: string }>;
