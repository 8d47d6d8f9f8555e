import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The oldest Node on the PATH that our client and our bundles are made for, if it is older than the one that runs this. */
export function findOlderNode(): Readonly<{ path: string; major: number }> | undefined {
  const current = Number(process.versions.node.split(".")[0]);
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "node"))
    .filter((path, index, all) => all.indexOf(path) === index && existsSync(path))
    .map((path) => {
      const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
      return { path, major: Number(/^v(\d+)\./.exec(stdout)?.[1]) };
    });
  return found.filter(({ major }) => major >= 20 && major < current).toSorted((a, b) => a.major - b.major)[0];
}
