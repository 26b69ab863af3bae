import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readConfiguration } from '#shop/start/configuration.js'

it('the carrier is the shop itself, or the service at one address', () => {
  assert.equal(readConfiguration({}).shipping.address, null)
  assert.equal(
    readConfiguration({ SHIPPING_URL: 'http://10.0.0.7:4100' }).shipping.address,
    'http://10.0.0.7:4100',
  )
  assert.equal(readConfiguration({ SHIPPING_GRPC: 'shipping:4101' }).shipping.address, 'grpc://shipping:4101')
  for (const [variables, message] of [
    [{ SHIPPING_URL: 'grpc://x:1' }, /^SHIPPING_URL is "grpc:\/\/x:1"; expected the address/],
    [{ SHIPPING_GRPC: 'http://x:1' }, /^SHIPPING_GRPC is "http:\/\/x:1"; expected host and port/],
    [{ SHIPPING_URL: 'http://x', SHIPPING_GRPC: 'x:1' }, /both set; expected one of them/],
    [{ WORKERS: '0' }, /^WORKERS is "0"; expected/],
    [{ STOP_GRACE_MS: '-1' }, /^STOP_GRACE_MS is "-1"; expected/],
    [{ CACHE_SECONDS: '3601' }, /^CACHE_SECONDS is "3601"; expected/],
    [{ METRICS_TOKEN: 'short' }, /^METRICS_TOKEN is not right; expected/],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      /^OTEL_EXPORTER_OTLP_ENDPOINT is "collector:4318"; expected/,
    ],
  ] as const)
    assert.throws(() => readConfiguration(variables), { message })
})
