import { defineScript } from "@whitelabel/shared-redis";

/**
 * Adds to counters and answers where they and those of the minute before stand. KEYS: a counter and the one before it,
 * and so on; ARGV: what to add to each counter. A counter lives for two minutes, the second as the one before.
 */
export const addCounts = defineScript(`
local totals = {}
for i = 1, #KEYS, 2 do
  local added = tonumber(ARGV[(i + 1) / 2])
  totals[i] = redis.call("INCRBY", KEYS[i], added)
  if totals[i] == added then redis.call("PEXPIRE", KEYS[i], 120000) end
  totals[i + 1] = tonumber(redis.call("GET", KEYS[i + 1]) or 0)
end
return totals
`);
