import assert from 'node:assert/strict'
import { isAbsolute } from 'node:path'
import { describe, it } from 'node:test'
import { readConfiguration } from '#shop/start/configuration.js'
import { StartError } from '#shop/process/start-error.js'

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
    const { host, port, storage, sampleData } = readConfiguration({})
    assert.deepEqual([host, port, storage.kind, sampleData], ['127.0.0.1', 3000, 'pglite', true])
    assert.ok(storage.kind === 'pglite' && isAbsolute(storage.folder))
  })

  it('takes an empty variable for one that is not set', () => {
    assert.deepEqual(
      readConfiguration({ PORT: '', HOST: '', DATABASE_URL: '', DATA_DIR: '' }),
      readConfiguration({}),
    )
  })

  it('takes what is set', () => {
    const url = 'postgresql://me:secret@db.example:6543/shop?sslmode=require'
    assert.deepEqual(
      readConfiguration({
        PORT: '0',
        HOST: '::1',
        DATABASE_URL: url,
        DATABASE_SCHEMA: 'shop_1',
        SAMPLE_DATA: 'off',
      }),
      { host: '::1', port: 0, sampleData: false, storage: { kind: 'postgres', url, schema: 'shop_1' } },
    )
    assert.deepEqual(readConfiguration({ DATABASE_URL: 'memory:' }).storage, { kind: 'memory' })
  })

  for (const [name, values] of Object.entries({
    PORT: ['x', '-1', '65536', '3000.5', '0x10', '1e3', ' 80', '999999'],
    HOST: ['a b', 'http://x', 'x/y'],
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

  it('names all variables that are wrong', () => {
    assert.equal(refusal({ PORT: 'x', HOST: ' ' }).split('\n').length, 2)
  })
})
