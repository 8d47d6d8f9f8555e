import { OpsError } from "../cli/ops-error.ts";
import { isPortFree } from "../process/ports.ts";

export type NeededPort = { port: number; purpose: string; variable: string };

/** Says which port is taken before anything is started. */
export async function expectFreePorts(needed: readonly NeededPort[]): Promise<void> {
  const taken: NeededPort[] = [];
  for (const one of needed) if (!(await isPortFree(one.port))) taken.push(one);
  const [first] = taken;
  if (!first) return;
  throw new OpsError(
    taken.map(({ port, purpose }) => `Port ${port} (${purpose}) is taken by another program.`).join("\n"),
    `Find it with \`lsof -i :${first.port}\` or \`ss -ltnp\` and stop it, or choose another: ${first.variable}=<port> pnpm dev`,
  );
}
