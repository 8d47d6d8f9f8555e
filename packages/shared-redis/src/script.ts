import { createHash } from "node:crypto";
import type { Script } from "./redis.ts";

/**
 * A Lua script, sent whole only where Redis does not know it yet. It must take every key from KEYS: one that it puts
 * together itself would have no prefix, and production's ACL refuses it.
 */
export function defineScript(lua: string): Script {
  return { lua, sha1: createHash("sha1").update(lua).digest("hex") };
}

export const incrementFor = defineScript(`
local count = redis.call("INCR", KEYS[1])
if count == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
return count
`);
