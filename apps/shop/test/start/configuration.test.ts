import assert from 'node:assert/strict'
import { isAbsolute } from 'node:path'
import { describe, it } from 'node:test'
import { readConfiguration } from '#shop/start/configuration.js'
import { StartError } from '#shop/platform/configuration/start-error.js'

function refusal(variables: Record<string, string>): string {
  try {
    readConfiguration(variables)
  } catch (error) {
    assert.ok(error instanceof StartError)
    return error.message
  }
  return assert.fail('it was taken')
}

describe('the configuration', () => {
  it('listens on 127.0.0.1:3000 with the embedded database when nothing is set', () => {
    const { server, storage, state, catalogue } = readConfiguration({})
    assert.deepEqual(server, { host: '127.0.0.1', port: 3000 })
    assert.deepEqual([state.kind, catalogue.sampleData], ['memory', true])
    assert.ok(storage.kind === 'pglite' && storage.folder !== null && isAbsolute(storage.folder))
  })

  it('takes an empty variable for one that is not set', () => {
    assert.deepEqual(
      readConfiguration({ PORT: '', HOST: '', DATABASE_URL: '', DATA_DIR: '' }),
      readConfiguration({}),
    )
  })

  it('takes what is set', () => {
    const url = 'postgresql://me:secret@db.example:6543/shop?sslmode=require'
    const redis = 'rediss://me:secret@state.example:6380/2'
    const { server, storage, state, log, catalogue } = readConfiguration({
      PORT: '0',
      HOST: '::1',
      DATABASE_URL: url,
      DATABASE_SCHEMA: 'shop_1',
      REDIS_URL: redis,
      REDIS_PREFIX: 'shop-1:',
      LOG_LEVEL: 'warn',
      LOG_FORMAT: 'json',
      SAMPLE_DATA: 'off',
    })
    assert.deepEqual(server, { host: '::1', port: 0 })
    assert.deepEqual(storage, { kind: 'postgres', url, schema: 'shop_1' })
    assert.deepEqual(state, { kind: 'redis', url: redis, prefix: 'shop-1:' })
    assert.deepEqual(log, { level: 'warn', format: 'json' })
    assert.deepEqual(catalogue, { sampleData: false })
    assert.deepEqual(readConfiguration({ DATABASE_URL: 'memory:' }).storage, { kind: 'memory' })
  })

  for (const [name, values] of Object.entries({
    PORT: ['x', '-1', '65536', '3000.5', '0x10', '1e3', ' 80', '999999'],
    HOST: ['a b', 'http://x', 'x/y'],
    LOG_LEVEL: ['loud', 'INFO'],
    LOG_FORMAT: ['xml'],
    REDIS_PREFIX: ['a b', 'x'.repeat(61), 'a*'],
    DATABASE_SCHEMA: ['Shop', '1shop', 'a-b', 'a"b', 'a b', 'x'.repeat(64)],
    SAMPLE_DATA: ['yes', 'ON'],
    FRAMEWORK: ['koa', 'Express'],
  })) {
    for (const value of values) {
      it(`names the variable, its value and what would be right: ${name}=${value.slice(0, 20)}`, () => {
        const message = refusal({ [name]: value })
        assert.ok(message.startsWith(`${name} is ${JSON.stringify(value)}; expected `), message)
      })
    }
  }

  it('names DATABASE_URL and does not repeat it: it may hold a password', () => {
    for (const url of ['mysql://me:secret@x/y', 'secret', 'postgres:secret', 'postgres:///secret']) {
      const message = refusal({ DATABASE_URL: url })
      assert.match(message, /^DATABASE_URL is not right; expected postgres:\/\//)
      assert.ok(!message.includes('secret'), message)
    }
  })

  it('names REDIS_URL and does not repeat it', () => {
    for (const url of ['http://me:secret@x', 'secret', 'redis:secret', 'redis:///secret']) {
      const message = refusal({ REDIS_URL: url })
      assert.match(message, /^REDIS_URL is not right; expected redis:\/\//)
      assert.ok(!message.includes('secret'), message)
    }
  })

  it('names all variables that are wrong', () => {
    assert.equal(refusal({ PORT: 'x', HOST: ' ' }).split('\n').length, 2)
  })
})
