-- Returns the number of workers, how many requests they can have in flight, the requests in flight, the limit
-- for them, and the US dollars spent and reserved.

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
