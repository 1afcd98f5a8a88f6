-- For wrk: POSTs one message again and again, each to one of the conversations conv_0 … conv_999, drawn at random.
--
--   wrk -s send.lua http://127.0.0.1:8080 -- <API key> <body>

local conversations = 1000
local requests = {}
local started = 0

function setup(thread)
  started = started + 1
  thread:set("seed", started)
end

function init(arguments)
  math.randomseed(seed)
  local headers = { ["Authorization"] = "Bearer " .. arguments[1], ["Content-Type"] = "application/json" }
  for n = 1, conversations do
    local path = "/api/v1/conversation/conv_" .. (n - 1) .. "/message"
    requests[n] = wrk.format("POST", path, headers, arguments[2])
  end
end

function request()
  return requests[math.random(conversations)]
end

-- One line for the driver; times are microseconds.
function done(summary, latency)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  local line = 'bench {"answers":%d,"refused":%d,"lost":%d,"micros":%d,"p50":%d,"p99":%d}\n'
  local p50, p99 = latency:percentile(50), latency:percentile(99)
  io.write(line:format(summary.requests, errors.status, lost, summary.duration, p50, p99))
end
