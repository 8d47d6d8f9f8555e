import { existsSync } from "node:fs";
import path from "node:path";
import type { Product } from "@whitelabel/shared-config";

/** The folder with the workspace's apps and packages. */
export const workspaceRoot = path.resolve(import.meta.dirname, "../../../..");

/** Where development keeps its data; WHITELABEL_DATA moves it, say off a read-only disk. */
export const dataFolder = (): string => path.resolve(workspaceRoot, process.env.WHITELABEL_DATA?.trim() || ".data");

export const appFolder = (product: Product): string => path.join(workspaceRoot, "apps", `${product.id}-api`);

export const migrationsFolder = (product: Product): string => path.join(appFolder(product), "migrations");

/** A path as a person would type it. */
export function shown(file: string): string {
  const relative = path.relative(workspaceRoot, file);
  return relative.startsWith("..") ? file : relative;
}

/** Reads the workspace's own `.env`, if there is one; what is already set stays. */
export function loadEnvFile(): void {
  const file = path.join(workspaceRoot, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}
