/** Loads a server where there is no wrk: reads what to send from stdin, prints what it counted as one line of JSON. */
import { text } from 'node:stream/consumers'
import autocannon from 'autocannon'

const { port, requests, seconds, connections } = JSON.parse(await text(process.stdin))
const result = await autocannon({
  url: `http://127.0.0.1:${port}`,
  connections,
  duration: seconds,
  timeout: 20,
  pipelining: requests[0].pipelined ?? 1,
  requests: requests.map(({ method, path, fields, body }) => ({ method, path, headers: fields, body })),
})
const refused = Object.entries(result.statusCodeStats)
  .filter(([status]) => Number(status) >= 400)
  .reduce((sum, [, { count }]) => sum + count, 0)

console.log(
  JSON.stringify({
    requests: result.requests.total,
    microseconds: result.duration * 1e6,
    bytes: result.throughput.total,
    refused,
    broken: result.errors + result.timeouts,
  }),
)
