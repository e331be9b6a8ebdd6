/**
 * Who wants which samples: the claims of a queue. A coordinator that wants a sample is in the sample's set; a
 * job is removed when the last one that lives has got it. Where a coordinator was killed and has come
 * back under another name, its old name keeps what it wanted until it counts as dead.
 */

const SHARED = `
local base = KEYS[1]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local leftover = base .. ':leftover'

local function isFree(id)
  local set = base .. ':' .. id
  for _, name in ipairs(redis.call('SMEMBERS', set)) do
    local until_ = redis.call('ZSCORE', base .. ':coordinators', name)
    if not until_ or tonumber(until_) < now then redis.call('SREM', set, name) end
  end
  return redis.call('SCARD', set) == 0
end
`;

/** A coordinator wants a sample no more. ARGV: its name, the lease in ms, the job's id. Returns 1 where no other wants it. */
export const RELEASE_SCRIPT = `${SHARED}
redis.call('SREM', base .. ':' .. ARGV[3], ARGV[1])
if isFree(ARGV[3]) then return 1 end
redis.call('ZADD', leftover, now + tonumber(ARGV[2]), ARGV[3])
return 0
`;

/**
 * A coordinator is there. ARGV: its name, the lease in ms. Returns the ids of jobs that had been left to others
 * which are dead now.
 */
export const REVIVE_SCRIPT = `${SHARED}
redis.call('ZADD', base .. ':coordinators', now + tonumber(ARGV[2]), ARGV[1])
redis.call('ZREMRANGEBYSCORE', base .. ':coordinators', '-inf', now - 86400000)
local free = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leftover, '-inf', now, 'LIMIT', 0, 100)) do
  if isFree(id) then
    redis.call('ZREM', leftover, id)
    free[#free + 1] = id
  else
    redis.call('ZADD', leftover, now + tonumber(ARGV[2]), id)
  end
end
return free
`;
