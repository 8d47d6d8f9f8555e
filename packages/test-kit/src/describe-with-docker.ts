import { describe, inject } from "vitest";

/** A suite that needs containers: where no Docker engine answers it is skipped, and the test run says so at its end. */
export function describeWithDocker(name: string, suite: () => void): void {
  describe.skipIf(!inject("docker").reachable)(name, suite);
}
