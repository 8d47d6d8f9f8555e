import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findDocker } from "@whitelabel/test-kit/docker";
import { runChecks } from "./check.ts";

const help = `pnpm test [options] [paths and options of vitest]

Runs the static checks, then every test. With Docker reachable, the tests that need containers run too.

  pnpm test                        everything
  pnpm test packages/shared-db     the tests under a path, without the static checks
  pnpm test --no-static            every test, without the static checks
  pnpm test --help                 this text
`;

type Counts = { passed: number; failed: number; skipped: number };
type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
};

async function main(args: string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(help);
    return 0;
  }
  const passedOn = args.filter((arg) => arg !== "--no-static" && arg !== "--");
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };

  if (args.length === 0) {
    const { passed, failed } = await runChecks();
    counts.passed += passed;
    counts.failed += failed;
  }

  const { code, report } = await runVitest(passedOn);
  if (report) {
    counts.passed += report.numPassedTests;
    counts.failed += report.numFailedTests;
    counts.skipped += report.numPendingTests + report.numTodoTests;
    console.log(`\n${await aboutDocker(report)}`);
  }
  // A suite that never got to its tests, an unhandled error, a start that failed: no test of its own, but no success.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;

  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0 ? 0 : 1;
}

async function runVitest(args: string[]): Promise<{ code: number; report: Report | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), "whitelabel-test-"));
  const file = join(folder, "report.json");
  const vitest = join(import.meta.dirname, "../node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const child = spawn(process.execPath, [vitest, "run", ...reporters, ...args], { stdio: "inherit" });
  // Ctrl-C reaches the child too, which then stops its servers; wait for it.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));

  const code = await new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? 1)));
  try {
    return { code, report: JSON.parse(readFileSync(file, "utf8")) };
  } catch {
    return { code: code === 0 ? 1 : code, report: undefined };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function aboutDocker(report: Report): Promise<string> {
  const suites = report.testResults.filter(({ name }) => name.endsWith(".docker.test.ts"));
  const docker = await findDocker();
  if (docker.reachable) return `Docker: reachable, ${suites.length} container suites ran`;
  return `Docker: not reachable (${docker.reason}), ${suites.length} container suites skipped`;
}

process.exitCode = await main(process.argv.slice(2));
