/**
 * The driver as the floor has it: postgres.js with its queue repaired, over which the goals were set, and without what else
 * our patch makes quicker (patches/README.md). Loaded before the floor by `--import`.
 */
import { registerHooks } from "node:module";

const ours = `    const settle = x => (this.active = false, resolve(x))
    const fail = x => (this.active = false, reject(x))
    this.resolve = settle
    this.reject = fail
`;
const theirs = `    this.resolve = x => (this.active = false, resolve(x))
    this.reject = x => (this.active = false, reject(x))
`;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith("/postgres/src/query.js")) return loaded;
    const source = String(loaded.source);
    if (!source.includes(ours)) throw new Error("The driver's patch has changed: see repaired-driver.ts");
    return { ...loaded, source: source.replace(ours, theirs) };
  },
});
