/**
 * The limits that all workers of a queue share, as scripts that Redis runs one at a time: places in
 * flight, the pause that the API asks for, starts of the last minute, and money. A worker's places are a
 * lease: where it has not been heard of for as long, they come back, and what its requests
 * could cost counts as spent.
 *
 * `lane:…` is a limit of requests in flight, `slots:PROCESS` what a worker has in flight,
 * `starts:ACCOUNT` when requests started, `money` what was spent and is set aside.
 */

const SHARED = `
local base = KEYS[1]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local money = base .. ':money'

local function exact(n) return string.format('%.17g', n) end

local function read(key, field)
  return tonumber(redis.call('HGET', key, field) or '0')
end

local function settle(worst, cost)
  if worst >= 0 then
    local underWay = redis.call('HINCRBY', money, 'underWay', -1)
    -- Nothing under way: no rounding error may stay behind.
    local reserved = underWay == 0 and 0 or read(money, 'reserved') - worst
    redis.call('HSET', money, 'reserved', exact(reserved))
  end
  if cost ~= 0 then
    redis.call('HSET', money, 'spent', exact(read(money, 'spent') + cost))
  end
end

local function leaveLane(lane, process)
  if redis.call('EXISTS', lane) == 0 then return end
  redis.call('HINCRBY', lane, 'inFlight', -1)
  if tonumber(redis.call('ZINCRBY', lane .. ':held', -1, process)) <= 0 then
    redis.call('ZREM', lane .. ':held', process)
  end
end

local function parse(slot)
  local lane, cuts, worst = string.match(slot, '^(%S+) (%S+) (%S+)$')
  return base .. ':lane:' .. lane, tonumber(cuts), tonumber(worst)
end

local function bury(process)
  local slots = redis.call('HGETALL', base .. ':slots:' .. process)
  for i = 1, #slots, 2 do
    local lane, _, worst = parse(slots[i + 1])
    leaveLane(lane, process)
    settle(worst, math.max(worst, 0))
    -- Who was only silent may still tell what it really cost.
    redis.call('HSET', base .. ':buried:' .. process, slots[i], exact(math.max(worst, 0)))
    redis.call('PEXPIRE', base .. ':buried:' .. process, 86400000)
  end
  redis.call('DEL', base .. ':slots:' .. process)
  redis.call('HDEL', base .. ':places', process)
  redis.call('ZREM', base .. ':alive', process)
end

local function stayAlive(process, leaseMs)
  redis.call('ZADD', base .. ':alive', exact(now + leaseMs), process)
  local dead = redis.call('ZRANGEBYSCORE', base .. ':alive', '-inf', exact(now), 'LIMIT', 0, 8)
  for _, other in ipairs(dead) do bury(other) end
end
`;

/**
 * Lets requests in, as many of a list as there is room for, from its beginning. It does nothing twice where
 * it is sent twice. ARGV: process, lease in ms, lane, first limit, highest limit, account, tokens (0 for no limit of starts), their
 * window in ms, maxCostUsd (-1 for none), what one request can cost (-1 where nobody asks), ids.
 * Returns how many are in, why no more (0 all are, 1 only time helps, 2 others have to end, 3 no money is left),
 * how long to wait in ms, and what is spent.
 */
export const ENTER_SCRIPT = `${SHARED}
local process, laneName = ARGV[1], ARGV[3]
local lane = base .. ':lane:' .. laneName
local slots = base .. ':slots:' .. process
local tokens, windowMs = tonumber(ARGV[7]), tonumber(ARGV[8])
local maxCost, worst = tonumber(ARGV[9]), tonumber(ARGV[10])
stayAlive(process, tonumber(ARGV[2]))

if redis.call('EXISTS', lane) == 0 then
  redis.call('HSET', lane, 'limit', ARGV[4], 'max', ARGV[5], 'inFlight', 0,
    'clean', 0, 'cuts', 0, 'resumeAt', 0)
  redis.call('DEL', lane .. ':held')
  redis.call('SADD', base .. ':lanes', laneName)
end
redis.call('PEXPIRE', lane, 86400000)
redis.call('PEXPIRE', lane .. ':held', 86400000)
local limit, resumeAt = read(lane, 'limit'), read(lane, 'resumeAt')
local inFlight, cuts = read(lane, 'inFlight'), read(lane, 'cuts')
local held = tonumber(redis.call('ZSCORE', lane .. ':held', process) or '0')

local starts = base .. ':starts:' .. ARGV[6]
if tokens > 0 then
  local keepMs = math.max(read(base .. ':keep', ARGV[6]), windowMs)
  redis.call('HSET', base .. ':keep', ARGV[6], exact(keepMs))
  redis.call('ZREMRANGEBYSCORE', starts, '-inf', '(' .. exact(now - keepMs))
  redis.call('PEXPIRE', starts, math.ceil(keepMs))
end

-- Of those that wait none takes more than its share while another has less, or one worker would have all.
local waiting = lane .. ':waiting'
redis.call('ZREMRANGEBYSCORE', waiting, '-inf', exact(now - 1000))
local crowd = redis.call('ZCARD', waiting)
if not redis.call('ZSCORE', waiting, process) then crowd = crowd + 1 end
local share = math.max(1, math.floor(limit / crowd))
local fewest = share
for _, other in ipairs(redis.call('ZRANGE', waiting, 0, 15)) do
  local its = tonumber(redis.call('ZSCORE', lane .. ':held', other) or '0')
  if other ~= process then fewest = math.min(fewest, its) end
end

local entered, why, waitMs = 0, 0, 0
-- All who wait look again from time to time; the more they are the more seldom each.
local patienceMs = math.min(2000, math.max(50, 2 * crowd))
for i = 11, #ARGV do
  if redis.call('HEXISTS', slots, ARGV[i]) == 0 then
    if now < resumeAt then
      why, waitMs = 1, resumeAt - now
    elseif inFlight >= limit or (held >= share and fewest < share) then
      why, waitMs = 2, patienceMs
    elseif maxCost >= 0 and read(money, 'spent') + read(money, 'reserved') + worst > maxCost then
      if read(money, 'underWay') == 0 then why = 3 else why, waitMs = 2, patienceMs end
    elseif tokens > 0 then
      local oldest = redis.call('ZREVRANGE', starts, tokens - 1, tokens - 1, 'WITHSCORES')[2]
      local msUntil = oldest and tonumber(oldest) + windowMs - now or 0
      if msUntil > 0 then why, waitMs = 1, msUntil end
    end
    if why ~= 0 then break end
    inFlight = redis.call('HINCRBY', lane, 'inFlight', 1)
    held = tonumber(redis.call('ZINCRBY', lane .. ':held', 1, process))
    redis.call('HSET', slots, ARGV[i], laneName .. ' ' .. cuts .. ' ' .. exact(worst))
    if worst >= 0 then
      redis.call('HINCRBY', money, 'underWay', 1)
      redis.call('HSET', money, 'reserved', exact(read(money, 'reserved') + worst))
    end
    if tokens > 0 then redis.call('ZADD', starts, exact(now), ARGV[i]) end
  end
  entered = entered + 1
end
if why == 2 then
  redis.call('ZADD', waiting, exact(now), process)
  redis.call('PEXPIRE', waiting, 5000)
else
  redis.call('ZREM', waiting, process)
end
return { entered, why, math.ceil(waitMs), exact(read(money, 'spent')) }
`;

/**
 * Lets requests out, learns from what they came to, and settles what they cost; nothing twice where it is sent twice. ARGV: process,
 * lease in ms, then for each its id, what it teaches (answered, throttled or nothing), the pause that the API asks for
 * in ms (-1 for none), and its cost in US dollars.
 */
export const LEAVE_SCRIPT = `${SHARED}
local process = ARGV[1]
stayAlive(process, tonumber(ARGV[2]))
local slots = base .. ':slots:' .. process
local buried = base .. ':buried:' .. process

local function learn(lane, cutsBefore, lesson, pauseMs)
  if redis.call('EXISTS', lane) == 0 then return end
  local limit, cuts = read(lane, 'limit'), read(lane, 'cuts')
  local saturated = read(lane, 'inFlight') >= limit
  if pauseMs >= 0 then
    local resumeAt = math.max(read(lane, 'resumeAt'), now + pauseMs)
    redis.call('HSET', lane, 'resumeAt', exact(resumeAt))
  end
  if lesson == 'answered' and saturated then
    if redis.call('HINCRBY', lane, 'clean', 1) >= limit then
      local grown = cuts == 0 and limit * 2 or limit + math.ceil(limit / 16)
      redis.call('HSET', lane, 'clean', 0, 'limit', math.min(read(lane, 'max'), grown))
    end
  elseif lesson == 'throttled' and cuts == cutsBefore then
    redis.call('HSET', lane, 'clean', 0, 'cuts', cuts + 1,
      'limit', math.max(1, math.floor(limit / 2)))
  end
end

for i = 3, #ARGV, 4 do
  local slot, cost = redis.call('HGET', slots, ARGV[i]), tonumber(ARGV[i + 3])
  if slot then
    redis.call('HDEL', slots, ARGV[i])
    local lane, cutsBefore, worst = parse(slot)
    learn(lane, cutsBefore, ARGV[i + 1], tonumber(ARGV[i + 2]))
    leaveLane(lane, process)
    settle(worst, cost)
  else
    local charged = redis.call('HGET', buried, ARGV[i])
    if charged then
      redis.call('HDEL', buried, ARGV[i])
      settle(-1, cost - tonumber(charged))
    end
  end
end
return redis.status_reply('OK')
`;

/** A worker is there, with so many places. ARGV: process, lease in ms, places. */
export const ATTEND_SCRIPT = `${SHARED}
stayAlive(ARGV[1], tonumber(ARGV[2]))
redis.call('HSET', base .. ':places', ARGV[1], ARGV[3])
return redis.status_reply('OK')
`;

/** A worker goes. ARGV: process. */
export const RETIRE_SCRIPT = `${SHARED}
bury(ARGV[1])
return redis.status_reply('OK')
`;

/**
 * What there is: workers, their places, requests in flight, how many may be, US dollars spent and set aside.
 */
export const SURVEY_SCRIPT = `${SHARED}
local dead = redis.call('ZRANGEBYSCORE', base .. ':alive', '-inf', exact(now), 'LIMIT', 0, 8)
for _, other in ipairs(dead) do bury(other) end
local places = 0
for _, count in ipairs(redis.call('HVALS', base .. ':places')) do
  places = places + tonumber(count)
end
local inFlight, limit = 0, 0
for _, name in ipairs(redis.call('SMEMBERS', base .. ':lanes')) do
  local lane = base .. ':lane:' .. name
  if redis.call('EXISTS', lane) == 0 then
    redis.call('SREM', base .. ':lanes', name)
  else
    inFlight = inFlight + read(lane, 'inFlight')
    limit = limit + read(lane, 'limit')
  end
end
return { redis.call('HLEN', base .. ':places'), places, inFlight, limit,
  exact(read(money, 'spent')), exact(read(money, 'reserved')) }
`;
