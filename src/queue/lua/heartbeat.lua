-- Renews the lease of a worker. ARGV: worker, lease in ms, its maximum number of requests in flight.

renewLease(ARGV[1], tonumber(ARGV[2]))
redis.call('HSET', base .. ':capacity', ARGV[1], ARGV[3])
return redis.status_reply('OK')
