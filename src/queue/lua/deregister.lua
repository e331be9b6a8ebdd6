-- Removes a worker. ARGV: worker.

removeWorker(ARGV[1])
return redis.status_reply('OK')
