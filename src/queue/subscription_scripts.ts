/**
 * Lua scripts for the set of coordinators that wait for a sample. When the last one has the result, the job is
 * removed. A coordinator that was killed stays in the sets until its lease expires.
 */

const SHARED = `
local base = KEYS[1]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local leftToOthers = base .. ':left-to-others'

local function hasNoSubscriber(id)
  local set = base .. ':' .. id
  for _, name in ipairs(redis.call('SMEMBERS', set)) do
    local expiresAt = redis.call('ZSCORE', base .. ':leases', name)
    if not expiresAt or tonumber(expiresAt) < now then redis.call('SREM', set, name) end
  end
  return redis.call('SCARD', set) == 0
end
`;

/**
 * Unsubscribes a coordinator from a sample. ARGV: coordinator, lease in ms, job id. Returns 1 if no
 * coordinator waits for it any longer.
 */
export const UNSUBSCRIBE_SCRIPT = `${SHARED}
redis.call('SREM', base .. ':' .. ARGV[3], ARGV[1])
if hasNoSubscriber(ARGV[3]) then return 1 end
redis.call('ZADD', leftToOthers, now + tonumber(ARGV[2]), ARGV[3])
return 0
`;

/**
 * Renews the lease of a coordinator. ARGV: coordinator, lease in ms. Returns the ids of jobs that were left to other
 * coordinators whose leases have expired.
 */
export const RENEW_SCRIPT = `${SHARED}
redis.call('ZADD', base .. ':leases', now + tonumber(ARGV[2]), ARGV[1])
redis.call('ZREMRANGEBYSCORE', base .. ':leases', '-inf', now - 86400000)
local abandoned = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leftToOthers, '-inf', now, 'LIMIT', 0, 100)) do
  if hasNoSubscriber(id) then
    redis.call('ZREM', leftToOthers, id)
    abandoned[#abandoned + 1] = id
  else
    redis.call('ZADD', leftToOthers, now + tonumber(ARGV[2]), id)
  end
end
return abandoned
`;
