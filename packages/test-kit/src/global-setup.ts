import type { TestProject } from "vitest/node";
import { makeClerkKeys } from "./clerk-keys.ts";
import { findDocker } from "./docker.ts";

export default async function setup({ provide }: TestProject): Promise<void> {
  provide("clerkKeys", makeClerkKeys());
  provide("docker", await findDocker());
}
