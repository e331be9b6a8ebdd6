-- Renews the lease of a coordinator. ARGV: coordinator, lease in ms. Returns the ids of jobs that were left to other
-- coordinators whose leases have expired.

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
