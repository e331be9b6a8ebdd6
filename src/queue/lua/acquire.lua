-- Grants permits for requests, in the order of a list, until a limit is reached. Sending the same
-- command twice has the effect of sending it once.
--
-- ARGV: worker, lease in ms, limiter key, model, first limit, highest limit, account, bucket capacity,
-- refill interval of the bucket in ms (0 for no rate limit), maxCostUsd (-1 for none), worst-case cost
-- (-1 without a budget), request ids.
--
-- Returns the number of permits granted, the reason why there are no more (0: all granted, 1: wait for
-- a time, 2: wait for other requests, 3: the budget is spent), the wait in ms, and the money spent.

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
