import { request } from "node:http";

export type Docker = { reachable: true } | { reachable: false; reason: string };

/** Asks the Docker engine, where its client would look for it, whether it answers. */
export function findDocker(host = process.env.DOCKER_HOST || "unix:///var/run/docker.sock"): Promise<Docker> {
  const url = new URL(host);
  const where =
    url.protocol === "unix:" ? { socketPath: url.pathname } : { host: url.hostname, port: Number(url.port) || 2375 };

  return new Promise((resolve) => {
    const ping = request({ ...where, path: "/_ping", timeout: 3000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? { reachable: true } : away(`it answered ${response.statusCode}`));
    });
    ping.on("timeout", () => ping.destroy(new Error("no answer in 3 s")));
    ping.on("error", (error: NodeJS.ErrnoException) => resolve(away(error.code ?? error.message)));
    ping.end();
  });
}

const away = (reason: string): Docker => ({ reachable: false, reason });
