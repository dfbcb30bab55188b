-- What wrk asks for in `tools/bench --only web` where it reads: one path, or one of many at random.
--
-- After `--`: the path, in which %06d stands for a number; how many numbers there are, or 0 for a path without one; a
-- seed; a file of the numbers to draw from, or - for all. Requests are written before the clock starts, so that what
-- the client does for each is the same for every server.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end

function init(args)
  local path, most, seed, file = args[1], tonumber(args[2]), tonumber(args[3]), args[4]
  local numbers = {}
  if file ~= "-" then
    for line in io.lines(file) do numbers[#numbers + 1] = tonumber(line) end
  end
  math.randomseed(seed * 64 + number)
  requests = {}
  for index = 1, most == 0 and 1 or 40000 do
    local drawn = #numbers > 0 and numbers[math.random(#numbers)] or math.random(math.max(most, 1))
    requests[index] = wrk.format("GET", most == 0 and path or string.format(path, drawn))
  end
  at = 0
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"operations":%d,"seconds":%.6f,"bytes":%d,"p50_ms":%.3f,"p99_ms":%.3f,"p999_ms":%.3f,"max_ms":%.3f,' ..
    '"errors":%d,"statuses":{"4xx and 5xx":%d},"connect":%d,"read":%d,"write":%d,"timeout":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3, latency.max / 1e3,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
