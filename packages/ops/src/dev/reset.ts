import { rmSync } from "node:fs";
import path from "node:path";
import { confirm, isCancel } from "@clack/prompts";
import { OpsError } from "../cli/ops-error.ts";
import { removeData } from "../embedded-postgres/place.ts";
import { dataFolder } from "./workspace.ts";

/** Deletes what development made, and nothing else that may lie in the folder. Asks first. */
export async function resetData({ yes = false }: { yes?: boolean | undefined }): Promise<void> {
  const folder = dataFolder();
  if (!yes) {
    if (!process.stdin.isTTY) {
      throw new OpsError("--reset deletes the development databases, and nobody is here to ask.", "Add --yes.");
    }
    const answer = await confirm({
      message: `Delete the development databases and keys in ${folder}?`,
      initialValue: false,
    });
    if (isCancel(answer) || !answer) throw new OpsError("Nothing was deleted.");
  }
  removeData(path.join(folder, "postgres"));
  for (const name of ["keys", "compile-cache", "passwords.json", "dev.json"]) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
