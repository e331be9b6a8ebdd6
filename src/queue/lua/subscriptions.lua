-- Lua scripts for the set of coordinators that wait for a sample. When the last one has the result, the job is
-- removed. A coordinator that was killed stays in the sets until its lease expires.

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
