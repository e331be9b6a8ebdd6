-- Returns permits, adapts the limit to the outcomes, and commits the costs. Sending the same command
-- twice has the effect of sending it once.
--
-- ARGV: worker, lease in ms, then for each request its id, its feedback (answered, throttled or nothing),
-- whose limit that concerns (account, model or both), the pause that the API asks for in ms (-1 for none),
-- and its cost in US dollars.

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
      grown = math.max(window, plateau + GROWTH_FACTOR * cubed)
      redis.call('HSET', limiter, 'rounds', exact(rounds))
    end
    redis.call('HSET', limiter, 'window', exact(math.min(read(limiter, 'max'), grown)))
  elseif feedback == 'throttled' and cuts == cutsBefore then
    local top = window
    if window < plateau then top = window * (1 + CUT_FACTOR) / 2 end
    window = math.max(1, window * CUT_FACTOR)
    plateau = math.max(window, top)
    redis.call('HSET', limiter, 'window', exact(window), 'plateau', exact(plateau),
      'roundsToPlateau', exact(((plateau - window) / GROWTH_FACTOR) ^ (1 / 3)),
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
