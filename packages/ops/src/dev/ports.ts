import { setTimeout as sleep } from "node:timers/promises";
import { OpsError } from "../cli/ops-error.ts";
import { isPortFree } from "../process/ports.ts";

export type NeededPort = { port: number; purpose: string; variable: string };

/** Says which port is taken before anything is started; waits first if its holder may be about to end. */
export async function expectFreePorts(needed: readonly NeededPort[], patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  let taken = await listTaken(needed);
  while (taken.length > 0 && performance.now() < end) {
    await sleep(100);
    taken = await listTaken(taken);
  }
  const [first] = taken;
  if (!first) return;
  throw new OpsError(
    taken.map(({ port, purpose }) => `Port ${port} (${purpose}) is taken by another program.`).join("\n"),
    `Find it with \`lsof -i :${first.port}\` or \`ss -ltnp\` and stop it, or choose another: ${first.variable}=<port> pnpm dev`,
  );
}

async function listTaken(ports: readonly NeededPort[]): Promise<NeededPort[]> {
  const taken: NeededPort[] = [];
  for (const one of ports) if (!(await isPortFree(one.port))) taken.push(one);
  return taken;
}
