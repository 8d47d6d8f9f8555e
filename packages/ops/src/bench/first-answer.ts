import { quantile } from "../bench-overload/load.ts";
import { spawnServer } from "./spawn-server.ts";
import { type Stage, startApi } from "./stage.ts";

const bare = `require("node:http").createServer((_, response) => response.end("ok")).listen(process.env.PORT, "127.0.0.1")`;

/** From the start of the process to its first answer, in milliseconds; beside it a server that does nothing. */
export async function measureFirstAnswer(stage: Stage, times: number) {
  const [api, node]: [number[], number[]] = [[], []];
  for (let time = 0; time < times; time += 1) {
    api.push(await started(startApi(stage)));
    node.push(await started(spawnServer(["-e", bare], { env: {}, cwd: stage.bundle, path: "/" })));
  }
  const [api_ms, bare_ms] = [quantile(api, 0.5), quantile(node, 0.5)];
  return { api_ms, least_ms: Math.min(...api), bare_ms, ratio: api_ms / bare_ms };
}

async function started(starting: ReturnType<typeof spawnServer>): Promise<number> {
  const server = await starting;
  await server.stop();
  return server.firstAnswerMs;
}
