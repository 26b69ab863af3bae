/**
 * The Lua script that makes wrk send the requests of a scenario, and print what it counted as one line of JSON.
 *
 * A single request is given to wrk as its constants: it then builds the bytes once and calls no Lua while it loads.
 * Several are built once each, and sent in turn. Those that are numbered, with a field that has another value in each,
 * are built when they are sent. A request that is `pipelined` is sent so many times at once.
 */
export function wrkScript(requests) {
  const isNumbered = requests.some(({ numbered }) => numbered !== undefined)
  const sending = isNumbered
    ? numberedInTurn(requests)
    : requests.length === 1 && requests[0].pipelined === undefined
      ? constantOf(requests[0])
      : inTurn(requests)
  return `${sending}\n${DONE}`
}

const DONE = `
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\\n{"requests":%d,"microseconds":%d,"bytes":%d,"refused":%d,"broken":%d}\\n',
    summary.requests, summary.duration, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout
  ))
end
`

function constantOf({ method, path, fields = {}, body }) {
  const lines = [`wrk.method = ${quoted(method)}`, `wrk.path = ${quoted(path)}`]
  for (const [name, value] of Object.entries(fields)) {
    lines.push(`wrk.headers[${quoted(name)}] = ${quoted(value)}`)
  }
  if (body !== undefined) lines.push(`wrk.body = ${quoted(body)}`)
  return lines.join('\n')
}

function inTurn(requests) {
  const calls = requests.map(({ method, path, fields = {}, body, pipelined = 1 }) => {
    const table = Object.entries(fields).map(([name, value]) => `[${quoted(name)}] = ${quoted(value)}`)
    const given = body === undefined ? 'nil' : quoted(body)
    const bytes = `wrk.format(${quoted(method)}, ${quoted(path)}, { ${table.join(', ')} }, ${given})`
    return `    string.rep(${bytes}, ${pipelined}),`
  })
  return `
local prepared
local turn = 0
init = function(args)
  prepared = {
${calls.join('\n')}
  }
end
request = function()
  turn = turn % #prepared + 1
  return prepared[turn]
end`
}

function numberedInTurn(requests) {
  const tables = requests.map(({ method, path, fields = {}, numbered, body }) => {
    const table = Object.entries(fields).map(([name, value]) => `[${quoted(name)}] = ${quoted(value)}`)
    const given = body === undefined ? 'nil' : quoted(body)
    return `  { ${quoted(method)}, ${quoted(path)}, { ${table.join(', ')} }, ${given}, ${quoted(numbered)} },`
  })
  return `
local requests = {
${tables.join('\n')}
}
local run = tostring({}):gsub('%W', '') .. '-' .. os.time() .. '-'
local count = 0
request = function()
  count = count + 1
  local method, path, fields, body, numbered = unpack(requests[count % #requests + 1])
  fields[numbered] = run .. count
  return wrk.format(method, path, fields, body)
end`
}

/** A Lua string: every byte that is not plain is written as its number. */
function quoted(text) {
  const escaped = Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^ !#-[\]-~]/g, (byte) => `\\${String(byte.charCodeAt(0)).padStart(3, '0')}`)
  return `"${escaped}"`
}
