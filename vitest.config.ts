import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// These need no server, so running them alone starts none.
const plain = ["packages/shared-config/src", "packages/pii-guard/src", "scripts"];

// A poll ends when it is so; how long it may take is a matter of the machine.
const expect = { poll: { timeout: 5_000 } };
const retry = Number(process.env.TEST_RETRIES ?? 0); // docs/testing.md
// To load everything for each file anew is half the work; leave-as-found.ts holds the files apart.
const together = { isolate: false, setupFiles: ["@whitelabel/test-kit/leave-as-found"] };
const shared = { testTimeout: 20_000, hookTimeout: 60_000, expect, retry, ...together };

export default defineConfig({
  test: {
    // Much of a test's time is waiting for a deadline or a restart: half a worker more than cores keeps these busy.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      { test: { ...shared, name: "plain", include: plain.map((folder) => `${folder}/**/*.test.ts`) } },
      {
        test: {
          ...shared,
          name: "stores",
          include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts"],
          exclude: plain.map((folder) => `${folder}/**`),
          globalSetup: "@whitelabel/test-kit/global-setup",
        },
      },
    ],
  },
});
