-- Lua functions of the scripts for the limits that all workers of a queue share. Redis runs one script
-- at a time. The scripts limit the requests in flight, honor the pause that the API asks for, pace the starts,
-- and enforce the budget. A worker holds its permits under a lease: when the lease expires, the
-- permits become free, and the worst-case cost of each request counts as spent.
--
-- Below a common prefix there are these keys:
--
-- - limiter:KEY: the adaptive limit of the requests in flight of an account: the state of a
--   CubicLimit. limiters has every KEY.
-- - limiter:KEY:MODEL: the same for each model. …:held counts the permits of each worker,
--   …:waiting lists the workers that wait. limiter:KEY:models has every MODEL.
-- - buckets:ACCOUNT: token buckets, from capacity and interval to tokens and time of the last refill.
-- - budget: the money spent and reserved.
-- - permits:WORKER: by request id, the limiter's key, the model, the cuts of both so far, and the
--   worst-case cost.
-- - expired:WORKER: by request id, what was charged when the lease expired.
-- - leases, capacity: by worker, when its lease expires, and how many requests it can have in flight.

local base = KEYS[1]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local budget = base .. ':budget'

local function exact(n) return string.format('%.17g', n) end

local function read(key, field)
  return tonumber(redis.call('HGET', key, field) or '0')
end

local function commit(worst, cost)
  if worst >= 0 then
    local inFlight = redis.call('HINCRBY', budget, 'inFlight', -1)
    -- With nothing in flight, no rounding error may remain.
    local reserved = inFlight == 0 and 0 or read(budget, 'reserved') - worst
    redis.call('HSET', budget, 'reserved', exact(reserved))
  end
  if cost ~= 0 then
    redis.call('HSET', budget, 'spent', exact(read(budget, 'spent') + cost))
  end
end

local function limitOf(limiter) return math.floor(read(limiter, 'window')) end

local function returnPermit(permit, worker)
  for _, limiter in ipairs({ permit.account, permit.model }) do
    if redis.call('EXISTS', limiter) == 1 then
      redis.call('HINCRBY', limiter, 'inFlight', -1)
    end
  end
  local held = permit.model .. ':held'
  if tonumber(redis.call('ZINCRBY', held, -1, worker)) <= 0 then
    redis.call('ZREM', held, worker)
  end
end

local function parsePermit(permit)
  local key, model, cuts, cutsOfModel, worst =
    string.match(permit, '^(%S+) (%S+) (%S+) (%S+) (%S+)$')
  local account = base .. ':limiter:' .. key
  return {
    account = account, cuts = tonumber(cuts),
    model = account .. ':' .. model, cutsOfModel = tonumber(cutsOfModel),
    worst = tonumber(worst),
  }
end

local function removeWorker(worker)
  local permits = redis.call('HGETALL', base .. ':permits:' .. worker)
  local expired = base .. ':expired:' .. worker
  for i = 1, #permits, 2 do
    local permit = parsePermit(permits[i + 1])
    returnPermit(permit, worker)
    commit(permit.worst, math.max(permit.worst, 0))
    -- A worker that was only silent can still report the actual cost.
    redis.call('HSET', expired, permits[i], exact(math.max(permit.worst, 0)))
    redis.call('PEXPIRE', expired, 86400000)
  end
  redis.call('DEL', base .. ':permits:' .. worker)
  redis.call('HDEL', base .. ':capacity', worker)
  redis.call('ZREM', base .. ':leases', worker)
end

local function removeExpired()
  local expired = redis.call('ZRANGEBYSCORE', base .. ':leases', '-inf', exact(now), 'LIMIT', 0, 8)
  for _, worker in ipairs(expired) do removeWorker(worker) end
end

local function renewLease(worker, leaseMs)
  redis.call('ZADD', base .. ':leases', exact(now + leaseMs), worker)
  removeExpired()
end
