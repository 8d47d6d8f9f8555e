import { commandOf, identify, isSameProcess, type ProcessIdentity, parentOf } from "./identity.ts";

/**
 * Calls `onGone` once one of the npx, pnpm and sh processes between us and the terminal has ended. Killed by itself,
 * npx passes nothing on: what it started would stay and keep its ports.
 */
export function watchPackageManager(onGone: () => void): void {
  const ancestors = listAncestors();
  if (ancestors.length === 0) return;
  const timer = setInterval(() => {
    if (ancestors.every(isSameProcess)) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

const packageManager = /^((\S*\/)?node )?(\S*\/)?(npm|npx|pnpm)(\.c?js)?( |$)/;
const shell = /^(\S*\/)?\w*sh -c /;

/** Up to the outermost package manager: a shell above that may well end before us, as after `pnpm dev &`. */
function listAncestors(): ProcessIdentity[] {
  const found: ProcessIdentity[] = [];
  let between: ProcessIdentity[] = [];
  for (let pid = process.ppid; pid > 1; pid = parentOf(pid)) {
    const command = commandOf(pid);
    const ancestor = identify(pid);
    if (!ancestor || !(packageManager.test(command) || shell.test(command))) break;
    between.push(ancestor);
    if (!packageManager.test(command)) continue;
    found.push(...between);
    between = [];
  }
  return found;
}
