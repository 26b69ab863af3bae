import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DrizzleQueryError } from 'drizzle-orm'
import { StorageUnavailable } from '#shop/domain/errors.js'
import { createPinoLog } from '#shop/platform/log/pino-log.js'

describe('the log', () => {
  const written = (write: (log: ReturnType<typeof createPinoLog>) => void): string => {
    let text = ''
    write(createPinoLog({ level: 'info', destination: { write: (line) => (text += line) } }))
    return text
  }

  it('has no secret, wherever a line has it', () => {
    const secrets = {
      password: 'hidden-1',
      access_token: 'hidden-2',
      authorization: 'hidden-3',
      'set-cookie': ['hidden-4'],
    }
    const text = written((log) => log.info('x', { ...secrets, user: secrets, request: { body: secrets } }))
    assert.doesNotMatch(text, /hidden/)
    assert.match(text, /Redacted/)
  })

  it('has the statement of a query that failed, and none of its values', () => {
    const query = new DrizzleQueryError(
      'insert into users values ($1)',
      ['ada@shop.example', 'hash-of-it'],
      new Error('duplicate key'),
    )
    const text = written((log) => {
      log.error('broke', query)
      log.error('broke', new StorageUnavailable(query))
      log.error('broke', new Error('outer', { cause: query }))
    })
    assert.match(text, /insert into users/)
    assert.match(text, /duplicate key/)
    assert.doesNotMatch(text, /ada@shop|hash-of-it/)
  })
})
