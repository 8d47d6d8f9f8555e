import path from "node:path";
import type { ProcessIdentity } from "../process/identity.ts";
import { readPrivateJson, writePrivateJson } from "./private-file.ts";
import { dataFolder } from "./workspace.ts";

/** What `pnpm dev` made, for the other commands: it holds passwords, so the file is its owner's only. */
export type DevState = {
  started_at: string;
  /** While it runs: the launcher and the API processes. */
  launcher?: ProcessIdentity | undefined;
  children?: ProcessIdentity[] | undefined;
  superuser_url?: string | undefined;
  core_owner_url?: string | undefined;
  products: Record<string, DevProduct>;
};

export type DevProduct = {
  api_url: string;
  database_url: string;
  migration_database_url: string;
  core_database_url_ro: string;
  issuer: string;
  frontend_url: string;
  /** False where the developer gave keys of a real Clerk project: then only Clerk can sign. */
  has_development_key: boolean;
};

const stateFile = () => path.join(dataFolder(), "dev.json");

export function readDevState(): DevState | undefined {
  return readPrivateJson<DevState>(stateFile());
}

export function writeDevState(state: DevState): void {
  writePrivateJson(stateFile(), state);
}
