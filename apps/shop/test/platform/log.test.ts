import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createPinoLog } from '#shop/platform/log/pino-log.js'
import { createTextLines } from '#shop/platform/log/text-lines.js'

it('the log writes lines of JSON with the fields of the moment, and no secrets', () => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createPinoLog({ level: 'info', destination, fieldsOfNow: () => ({ requestId: 'r-1' }) })
  log.debug('too fine')
  log.child({ module: 'orders' }).info('made', { order: 7, password: 'secret' })
  log.error('broke', new Error('why'))
  const [made, broke, ...others] = lines.map((line) => JSON.parse(line))
  assert.deepEqual(others, [])
  const { time, ...rest } = made
  assert.match(time, /^\d{4}-\d\d-\d\dT/)
  const fields = { requestId: 'r-1', module: 'orders', order: 7, password: '[Redacted]' }
  assert.deepEqual(rest, { level: 'info', msg: 'made', ...fields })
  assert.deepEqual([broke.level, broke.err.message, broke.requestId], ['error', 'why', 'r-1'])
})

it('the log as text has a line for people, with its fields and the stack of an error', () => {
  let text = ''
  const log = createPinoLog({ level: 'debug', destination: createTextLines((line) => (text += line)) })
  log.debug('fine')
  log.warn('odd', { count: 2, name: 'x y' })
  log.error('broke', new Error('why'))
  assert.match(text, /^\d\d:\d\d:\d\d debug fine\n/)
  assert.match(text, /^\d\d:\d\d:\d\d warn odd \(count=2 name=x y\)$/m)
  assert.match(text, /^\d\d:\d\d:\d\d error broke\nError: why\n +at /m)
})
