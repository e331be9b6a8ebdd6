import { CUT_FACTOR, GROWTH_FACTOR } from "../scheduler/cubic_limit.ts";
import { LIMITER_FUNCTIONS } from "./limiter_functions.ts";

/**
 * Grants permits for requests, in the order of a list, until a limit is reached. Sending the same
 * command twice has the effect of sending it once.
 *
 * ARGV: worker, lease in ms, limiter key, model, first limit, highest limit, account, bucket capacity,
 * refill interval of the bucket in ms (0 for no rate limit), maxCostUsd (-1 for none), worst-case cost
 * (-1 without a budget), request ids.
 *
 * Returns the number of permits granted, the reason why there are no more (0: all granted, 1: wait for
 * a time, 2: wait for other requests, 3: the budget is spent), the wait in ms, and the money spent.
 */
export const ACQUIRE_SCRIPT = `${LIMITER_FUNCTIONS}
local worker, limiterKey = ARGV[1], ARGV[3]
local account = base .. ':limiter:' .. limiterKey
local model = account .. ':' .. ARGV[4]
local permits = base .. ':permits:' .. worker
local maxCost, worst = tonumber(ARGV[10]), tonumber(ARGV[11])
renewLease(worker, tonumber(ARGV[2]))

for _, limiter in ipairs({ account, model }) do
  if redis.call('EXISTS', limiter) == 0 then
    redis.call('HSET', limiter, 'window', ARGV[5], 'max', ARGV[6], 'inFlight', 0,
      'cuts', 0, 'resumeAt', 0)
    redis.call('DEL', limiter .. ':held')
  end
  redis.call('PEXPIRE', limiter, 86400000)
end
redis.call('SADD', base .. ':limiters', limiterKey)
redis.call('SADD', account .. ':models', ARGV[4])
redis.call('PEXPIRE', account .. ':models', 86400000)
redis.call('PEXPIRE', model .. ':held', 86400000)
local limit = math.min(limitOf(account), limitOf(model))
local resumeAt = math.max(read(account, 'resumeAt'), read(model, 'resumeAt'))
local cuts = read(account, 'cuts') .. ' ' .. read(model, 'cuts')
local held = tonumber(redis.call('ZSCORE', model .. ':held', worker) or '0')

local function isFull()
  return read(account, 'inFlight') >= limitOf(account)
    or read(model, 'inFlight') >= limitOf(model)
end

-- The token buckets of the account, one for each rate limit. A start takes a token from all of them.
local bucketsKey, buckets, bucket = base .. ':buckets:' .. ARGV[7], {}, nil

-- A bucket owes no more than it refills in 61 s: by then, no start of the last 60 s is left to count.
local function charge(b, tokens)
  b.tokens = math.max(b.tokens - tokens, math.min(0, 1 - 61000 / b.intervalMs))
end

if tonumber(ARGV[9]) > 0 then
  local entries = redis.call('HGETALL', bucketsKey)
  for i = 1, #entries, 2 do
    local capacity, intervalMs = string.match(entries[i], '^(%S+) (%S+)$')
    local tokens, refilledAt = string.match(entries[i + 1], '^(%S+) (%S+)$')
    local refill = (now - tonumber(refilledAt)) / tonumber(intervalMs)
    buckets[entries[i]] = {
      capacity = tonumber(capacity),
      intervalMs = tonumber(intervalMs),
      tokens = math.min(tonumber(capacity), tonumber(tokens) + refill),
    }
  end
  local name = ARGV[8] .. ' ' .. ARGV[9]
  bucket = buckets[name]
  if not bucket then
    bucket = { capacity = tonumber(ARGV[8]), intervalMs = tonumber(ARGV[9]) }
    bucket.tokens = bucket.capacity
    -- It was not charged for the starts before it existed.
    if next(buckets) then charge(bucket, math.huge) end
    buckets[name] = bucket
  end
end

-- No waiting worker gets more than its share while another has less. Otherwise one could take all permits.
local waiting = model .. ':waiting'
redis.call('ZREMRANGEBYSCORE', waiting, '-inf', exact(now - 1000))
local crowd = redis.call('ZCARD', waiting)
if not redis.call('ZSCORE', waiting, worker) then crowd = crowd + 1 end
local share = math.max(1, math.floor(limit / crowd))
local fewest = share
for _, other in ipairs(redis.call('ZRANGE', waiting, 0, 15)) do
  local its = tonumber(redis.call('ZSCORE', model .. ':held', other) or '0')
  if other ~= worker then fewest = math.min(fewest, its) end
end

local granted, why, waitMs = 0, 0, 0
-- Waiting workers poll, and less often the more there are.
local pollMs = math.min(2000, math.max(50, 2 * crowd))
for i = 12, #ARGV do
  if redis.call('HEXISTS', permits, ARGV[i]) == 0 then
    if now < resumeAt then
      why, waitMs = 1, resumeAt - now
    elseif isFull() or (held >= share and fewest < share) then
      why, waitMs = 2, pollMs
    elseif maxCost >= 0 and read(budget, 'spent') + read(budget, 'reserved') + worst > maxCost then
      if read(budget, 'inFlight') == 0 then why = 3 else why, waitMs = 2, pollMs end
    elseif bucket and bucket.tokens < 1 then
      why, waitMs = 1, math.max(50, (1 - bucket.tokens) * bucket.intervalMs)
    end
    if why ~= 0 then break end
    redis.call('HINCRBY', account, 'inFlight', 1)
    redis.call('HINCRBY', model, 'inFlight', 1)
    held = tonumber(redis.call('ZINCRBY', model .. ':held', 1, worker))
    redis.call('HSET', permits, ARGV[i],
      limiterKey .. ' ' .. ARGV[4] .. ' ' .. cuts .. ' ' .. exact(worst))
    if worst >= 0 then
      redis.call('HINCRBY', budget, 'inFlight', 1)
      redis.call('HSET', budget, 'reserved', exact(read(budget, 'reserved') + worst))
    end
    for _, each in pairs(buckets) do charge(each, 1) end
  end
  granted = granted + 1
end
if bucket then
  local fullMs = 61000
  for name, each in pairs(buckets) do
    redis.call('HSET', bucketsKey, name, exact(each.tokens) .. ' ' .. exact(now))
    fullMs = math.max(fullMs, (each.capacity - each.tokens) * each.intervalMs)
  end
  redis.call('PEXPIRE', bucketsKey, math.ceil(fullMs))
end
if why == 2 then
  redis.call('ZADD', waiting, exact(now), worker)
  redis.call('PEXPIRE', waiting, 5000)
else
  redis.call('ZREM', waiting, worker)
end
return { granted, why, math.ceil(waitMs), exact(read(budget, 'spent')) }
`;

/**
 * Returns permits, adapts the limit to the outcomes, and commits the costs. Sending the same command
 * twice has the effect of sending it once.
 *
 * ARGV: worker, lease in ms, then for each request its id, its feedback (answered, throttled or nothing),
 * whose limit that concerns (account, model or both), the pause that the API asks for in ms (-1 for none),
 * and its cost in US dollars.
 */
export const RELEASE_SCRIPT = `${LIMITER_FUNCTIONS}
local worker = ARGV[1]
renewLease(worker, tonumber(ARGV[2]))
local permits = base .. ':permits:' .. worker
local expired = base .. ':expired:' .. worker

local function adapt(limiter, cutsBefore, feedback, pauseMs)
  if redis.call('EXISTS', limiter) == 0 then return end
  local window, cuts = read(limiter, 'window'), read(limiter, 'cuts')
  local limit, plateau = math.floor(window), read(limiter, 'plateau')
  local saturated = read(limiter, 'inFlight') >= limit
  if pauseMs >= 0 then
    local resumeAt = math.max(read(limiter, 'resumeAt'), now + pauseMs)
    redis.call('HSET', limiter, 'resumeAt', exact(resumeAt))
  end
  if feedback == 'answered' and saturated then
    local grown = window + 1
    if cuts > 0 then
      local rounds = read(limiter, 'rounds') + 1 / limit
      local sincePlateau = rounds - read(limiter, 'roundsToPlateau')
      local cubed = sincePlateau * sincePlateau * sincePlateau
      grown = math.max(window, plateau + ${GROWTH_FACTOR} * cubed)
      redis.call('HSET', limiter, 'rounds', exact(rounds))
    end
    redis.call('HSET', limiter, 'window', exact(math.min(read(limiter, 'max'), grown)))
  elseif feedback == 'throttled' and cuts == cutsBefore then
    local top = window
    if window < plateau then top = window * (1 + ${CUT_FACTOR}) / 2 end
    window = math.max(1, window * ${CUT_FACTOR})
    plateau = math.max(window, top)
    redis.call('HSET', limiter, 'window', exact(window), 'plateau', exact(plateau),
      'roundsToPlateau', exact(((plateau - window) / ${GROWTH_FACTOR}) ^ (1 / 3)),
      'rounds', 0, 'cuts', cuts + 1)
  end
end

for i = 3, #ARGV, 5 do
  local feedback, scope = ARGV[i + 1], ARGV[i + 2]
  local pauseMs, cost = tonumber(ARGV[i + 3]), tonumber(ARGV[i + 4])
  local text = redis.call('HGET', permits, ARGV[i])
  if text then
    redis.call('HDEL', permits, ARGV[i])
    local permit = parsePermit(text)
    if scope ~= 'model' then adapt(permit.account, permit.cuts, feedback, pauseMs) end
    if scope ~= 'account' then adapt(permit.model, permit.cutsOfModel, feedback, pauseMs) end
    returnPermit(permit, worker)
    commit(permit.worst, cost)
  else
    local charged = redis.call('HGET', expired, ARGV[i])
    if charged then
      redis.call('HDEL', expired, ARGV[i])
      commit(-1, cost - tonumber(charged))
    end
  end
end
return redis.status_reply('OK')
`;

/** Renews the lease of a worker. ARGV: worker, lease in ms, its maximum number of requests in flight. */
export const HEARTBEAT_SCRIPT = `${LIMITER_FUNCTIONS}
renewLease(ARGV[1], tonumber(ARGV[2]))
redis.call('HSET', base .. ':capacity', ARGV[1], ARGV[3])
return redis.status_reply('OK')
`;

/** Removes a worker. ARGV: worker. */
export const DEREGISTER_SCRIPT = `${LIMITER_FUNCTIONS}
removeWorker(ARGV[1])
return redis.status_reply('OK')
`;

/**
 * Returns the number of workers, how many requests they can have in flight, the requests in flight, the limit
 * for them, and the US dollars spent and reserved.
 */
export const STATS_SCRIPT = `${LIMITER_FUNCTIONS}
removeExpired()
local capacity = 0
for _, count in ipairs(redis.call('HVALS', base .. ':capacity')) do
  capacity = capacity + tonumber(count)
end
local inFlight, limit = 0, 0
for _, key in ipairs(redis.call('SMEMBERS', base .. ':limiters')) do
  local limiter = base .. ':limiter:' .. key
  if redis.call('EXISTS', limiter) == 0 then
    redis.call('SREM', base .. ':limiters', key)
  else
    inFlight = inFlight + read(limiter, 'inFlight')
    local ofModels = 0
    for _, model in ipairs(redis.call('SMEMBERS', limiter .. ':models')) do
      ofModels = ofModels + limitOf(limiter .. ':' .. model)
    end
    limit = limit + math.min(limitOf(limiter), ofModels)
  end
end
return { redis.call('HLEN', base .. ':capacity'), capacity, inFlight, limit,
  exact(read(budget, 'spent')), exact(read(budget, 'reserved')) }
`;
