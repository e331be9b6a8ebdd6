-- Unsubscribes a coordinator from a sample. ARGV: coordinator, lease in ms, job id. Returns 1 if no
-- coordinator waits for it any longer.

redis.call('SREM', base .. ':' .. ARGV[3], ARGV[1])
if hasNoSubscriber(ARGV[3]) then return 1 end
redis.call('ZADD', leftToOthers, now + tonumber(ARGV[2]), ARGV[3])
return 0
