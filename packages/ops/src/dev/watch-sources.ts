import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import path from "node:path";

/** A `git checkout` or an editor's way of saving is many events; they count as one change once it is quiet. */
const QUIET_MS = 150;

/**
 * Calls back with the TypeScript sources under these folders that were written, made, replaced or removed; tests are
 * left out. Watches every folder rather than a file or a tree: `node --watch` and Node's recursive watcher on Linux
 * hold on to the file that was there first, and go deaf once another has been renamed over it.
 */
export function watchSources(roots: readonly string[], onChange: (files: readonly string[]) => void) {
  const watched = new Map<string, { identity: string; watcher: FSWatcher }>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  watchNewFolders();

  return { close };

  function noticed(folder: string, name: string | null) {
    // Without a name, and for a folder of its own, looking again tells what is new.
    if (name !== null && isSource(name)) changed.add(path.join(folder, name));
    clearTimeout(timer);
    timer = setTimeout(settle, QUIET_MS);
  }

  function settle() {
    for (const file of watchNewFolders()) changed.add(file);
    const files = [...changed].sort();
    changed.clear();
    if (files.length > 0) onChange(files);
  }

  /** Returns the sources that were in them before we looked. */
  function watchNewFolders(): string[] {
    const found = roots.flatMap(foldersIn);
    const identities = new Map(found.map((folder) => [folder, identityOf(folder)]));
    for (const [folder, { identity, watcher }] of watched) {
      if (identities.get(folder) === identity) continue;
      watcher.close();
      watched.delete(folder);
    }
    const added = found.filter((folder) => !watched.has(folder));
    for (const folder of added) {
      const watcher = watch(folder, (_, name) => noticed(folder, name));
      watcher.on("error", () => noticed(folder, null));
      watched.set(folder, { identity: identities.get(folder) ?? "", watcher });
    }
    return added.flatMap((folder) =>
      entriesOf(folder)
        .filter(isSource)
        .map((name) => path.join(folder, name)),
    );
  }

  function close() {
    clearTimeout(timer);
    for (const { watcher } of watched.values()) watcher.close();
    watched.clear();
  }
}

const isSource = (name: string) => /^[^.].*\.ts$/.test(name) && !name.endsWith(".test.ts");

function foldersIn(root: string): string[] {
  const below = entriesOf(root).map((name) => path.join(root, name));
  return [root, ...below.filter(isFolder).flatMap(foldersIn)].filter(isFolder);
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // removed meanwhile
  }
}

const isFolder = (place: string) => statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** A folder that was removed and made again is another one; its number alone may be the same. */
function identityOf(folder: string): string {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.birthtimeMs}` : "";
}
