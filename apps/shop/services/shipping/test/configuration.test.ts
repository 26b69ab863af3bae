import assert from 'node:assert/strict'
import { isAbsolute } from 'node:path'
import { describe, it } from 'node:test'
import { StartError } from '../src/process/start-error.js'
import { readConfiguration, VARIABLES } from '../src/start/configuration.js'

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
  it('listens on 127.0.0.1, ports 4100 and 4101, and keeps shipments in a file, when nothing is set', () => {
    const { host, httpPort, grpcPort, dataFile } = readConfiguration({})
    assert.deepEqual([host, httpPort, grpcPort], ['127.0.0.1', 4100, 4101])
    assert.ok(
      dataFile !== null && isAbsolute(dataFile) && dataFile.endsWith('shipping/.data/shipments.jsonl'),
    )
  })

  it('takes an empty variable for one that is not set', () => {
    const empty = Object.fromEntries(VARIABLES.map((name) => [name, '']))
    assert.deepEqual(readConfiguration(empty), readConfiguration({}))
  })

  it('takes what is set', () => {
    assert.deepEqual(
      readConfiguration({
        SHIPPING_HOST: '::1',
        SHIPPING_HTTP_PORT: '0',
        SHIPPING_GRPC_PORT: '0',
        SHIPPING_DATA_FILE: 'memory:',
        SHIPPING_MAX_SHIPMENTS: '5',
        SHIPPING_STEP_MS: '0',
        SHIPPING_BODY_LIMIT_BYTES: '2048',
        SHIPPING_CALL_LIMIT_MS: '1500',
        SHIPPING_STOP_GRACE_MS: '0',
        SHIPPING_STOP_LIMIT_MS: '7',
        SHIPPING_LOG_LEVEL: 'warn',
      }),
      {
        host: '::1',
        httpPort: 0,
        grpcPort: 0,
        dataFile: null,
        maxShipments: 5,
        stepMs: 0,
        bodyLimitBytes: 2048,
        callLimitMs: 1500,
        stopGraceMs: 0,
        stopLimitMs: 7,
        logLevel: 'warn',
      },
    )
  })

  for (const [name, values] of Object.entries({
    SHIPPING_HOST: ['a b', 'http://x', 'x/y'],
    SHIPPING_HTTP_PORT: ['x', '-1', '65536', '3000.5', '0x10', '1e3', ' 80', '9999999999'],
    SHIPPING_GRPC_PORT: ['65536', 'grpc'],
    SHIPPING_MAX_SHIPMENTS: ['0', 'many'],
    SHIPPING_STEP_MS: ['-5', '86400001'],
    SHIPPING_BODY_LIMIT_BYTES: ['1023', '16kb'],
    SHIPPING_CALL_LIMIT_MS: ['0', '1s'],
    SHIPPING_STOP_GRACE_MS: ['x'],
    SHIPPING_STOP_LIMIT_MS: ['x'],
    SHIPPING_LOG_LEVEL: ['loud', 'INFO'],
  })) {
    for (const value of values) {
      it(`names the variable, its value and what would be right: ${name}=${value}`, () => {
        const lines = refusal({ [name]: value }).split('\n')
        assert.equal(lines.length, 1)
        assert.ok(lines[0]?.startsWith(`${name} is ${JSON.stringify(value)}; expected `), lines[0])
        assert.ok(!/expected (?:Invalid|Too)/.test(lines[0] ?? ''), lines[0])
      })
    }
  }

  it('refuses one port for both', () => {
    assert.match(
      refusal({ SHIPPING_HTTP_PORT: '4200', SHIPPING_GRPC_PORT: '4200' }),
      /^SHIPPING_GRPC_PORT is "4200", as SHIPPING_HTTP_PORT is; expected/,
    )
  })

  it('names all variables that are wrong', () => {
    assert.equal(refusal({ SHIPPING_HTTP_PORT: 'x', SHIPPING_HOST: ' ' }).split('\n').length, 2)
  })
})
