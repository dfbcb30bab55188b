-- What wrk sends in `tools/bench --only web` where it submits: 8.4s of many devices, each with a RequestID of its own.
--
-- After `--`: how many devices there are and how many threads ask; where among the devices to begin; a number that no
-- earlier run had; a file with a token of each supplier, in the order of their User IDs. The ledger is what
-- `ledger-bench devices` makes: each device has a meter point and a spare one of the same supplier, so each request is
-- accepted and changes the inventory. A thread's devices are its own and come in turn, so that no two connections
-- wait for each other's decisions.
local threads = {}
local body = '<?xml version="1.0" encoding="UTF-8"?>\n' ..
  '<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">\n  <sr:Header>\n' ..
  '    <sr:RequestID>90-B3-D5-1F-40-00-00-%02X:90-B3-D5-1F-30-00-00-02:%s%02d%08d</sr:RequestID>\n' ..
  '    <sr:CommandVariant>8</sr:CommandVariant>\n    <sr:ServiceReference>8.4</sr:ServiceReference>\n' ..
  '    <sr:ServiceReferenceVariant>8.4</sr:ServiceReferenceVariant>\n  </sr:Header>\n  <sr:Body>\n' ..
  '    <sr:UpdateInventory>\n      <sr:DeviceID>00-DB-20-00-%02X-%02X-%02X-%02X</sr:DeviceID>\n' ..
  '      <sr:UpdateMPxN><sr:ImportMPxN>%.0f</sr:ImportMPxN></sr:UpdateMPxN>\n' ..
  '    </sr:UpdateInventory>\n  </sr:Body>\n</sr:Request>\n'
local stride = 611953 -- a prime, so that devices in turn lie far apart in the file

function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end

function init(args)
  devices, ask, sent, run = tonumber(args[1]), tonumber(args[2]), tonumber(args[3]), args[4]
  share, counter = math.floor(devices / ask), 0
  heads = {}
  for token in io.lines(args[5]) do
    heads[#heads + 1] = "POST /v1/service-requests HTTP/1.1\r\nHost: " .. wrk.headers["Host"] ..
      "\r\nContent-Type: application/xml\r\nAccept: application/xml\r\nAuthorization: Bearer " .. token ..
      "\r\nContent-Length: "
  end
  accepted, refused, statuses = 0, 0, {}
end

function request()
  local device = sent * stride % share * ask + number
  local wanted = 1e12 + device + (math.floor(sent / share) % 2 == 0 and devices or 0)
  local supplier = device % #heads
  local text = string.format(body, supplier, run, number, counter, math.floor(device / 16777216) % 256,
    math.floor(device / 65536) % 256, math.floor(device / 256) % 256, device % 256, wanted)
  sent, counter = sent + 1, counter + 1
  return heads[supplier + 1] .. #text .. "\r\n\r\n" .. text
end

function response(status, headers, text)
  if status ~= 200 then
    statuses[status] = (statuses[status] or 0) + 1
  elseif text:find("<sr:ResponseCode>I99<", 1, true) then
    accepted = accepted + 1
  else
    refused = refused + 1
  end
end

function done(summary, latency)
  local errors, all, furthest, accepted, refused = summary.errors, {}, 0, 0, 0
  for _, thread in ipairs(threads) do
    accepted, refused = accepted + thread:get("accepted"), refused + thread:get("refused")
    furthest = math.max(furthest, thread:get("sent"))
    for status, count in pairs(thread:get("statuses")) do all[status] = (all[status] or 0) + count end
  end
  local named, others = {}, 0
  for status, count in pairs(all) do
    named[#named + 1], others = string.format('"%d":%d', status, count), others + count
  end
  io.write(string.format(
    '\n{"operations":%d,"seconds":%.6f,"bytes":%d,"p50_ms":%.3f,"p99_ms":%.3f,"p999_ms":%.3f,"max_ms":%.3f,' ..
    '"errors":%d,"statuses":{%s},"refused":%d,"sent":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d}\n',
    accepted, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency:percentile(99.9) / 1e3, latency.max / 1e3,
    others + refused + errors.connect + errors.read + errors.write + errors.timeout, table.concat(named, ","),
    refused, furthest, errors.connect, errors.read, errors.write, errors.timeout))
end
