import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js'
import { createShippingClient, GrpcShippingClient } from '../client/index.js'
import type {
  QuoteReplyMessage,
  QuoteRequestMessage,
  ShipmentMessage,
  TrackRequestMessage,
} from '../contract/messages.js'
import { protocol } from '../contract/protocol.js'
import { TRACKING_NUMBER_EXAMPLE } from '../src/domain/tracking-number.js'
import { codeOf } from './support/outcomes.js'
import { aQuoteRequest, aShipmentRequest } from './support/requests.js'

type QuoteCall = ServerUnaryCall<QuoteRequestMessage, QuoteReplyMessage>
type TrackCall = ServerWritableStream<TrackRequestMessage, ShipmentMessage>

/** A service that is not ours: it answers what the test says. CreateShipment it does not know. */
describe('the client over grpc, by itself', () => {
  const server = new Server()
  let client: GrpcShippingClient
  let quote: (call: QuoteCall, callback: sendUnaryData<QuoteReplyMessage>) => void
  let track: (call: TrackCall) => void

  before(async () => {
    server.addService({ Quote: protocol.Quote, Track: protocol.Track } as unknown as ServiceDefinition, {
      Quote: (call: QuoteCall, callback: sendUnaryData<QuoteReplyMessage>) => quote(call, callback),
      Track: (call: TrackCall) => track(call),
    })
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      )
    })
    client = new GrpcShippingClient({ address: `127.0.0.1:${port}` })
  })

  after(() => {
    client.close()
    server.forceShutdown()
  })

  it('takes what another implementation leaves out for zero', async () => {
    const option = { level: 'SERVICE_LEVEL_PICKUP', price: { currency: 'EUR' }, delivery: {} }
    quote = (_call, callback) => callback(null, { options: [option] })
    assert.deepEqual((await client.quote(aQuoteRequest())).options, [
      { level: 'pickup', price: { amount: 0, currency: 'EUR' }, delivery: { min: 0, max: 0 } },
    ])
  })

  for (const [what, reply] of [
    ['nothing', {}],
    ['an option without a price', { options: [{ level: 'SERVICE_LEVEL_PICKUP', delivery: {} }] }],
    ['a level that it does not know', { options: [{ level: 9, price: { currency: 'EUR' }, delivery: {} }] }],
  ] as const) {
    it(`does not take for an answer: ${what}`, async () => {
      quote = (_call, callback) => callback(null, reply as unknown as QuoteReplyMessage)
      assert.equal(await codeOf(client.quote(aQuoteRequest())), 'bad-answer')
    })
  }

  it('does not take for an answer: a method that is not known, a refusal without a reason', async () => {
    assert.equal(await codeOf(client.createShipment(aShipmentRequest())), 'bad-answer')
    for (const code of [status.INVALID_ARGUMENT, status.NOT_FOUND, status.PERMISSION_DENIED]) {
      quote = (_call, callback) => callback({ code, details: 'no' })
      assert.equal(await codeOf(client.quote(aQuoteRequest())), 'bad-answer')
    }
  })

  it('tells a service that failed from a connection that did', async () => {
    for (const [code, meaning] of [
      [status.UNKNOWN, 'service-failed'],
      [status.ABORTED, 'service-failed'],
      [status.UNAVAILABLE, 'no-connection'],
      [status.DEADLINE_EXCEEDED, 'time-limit'],
    ] as const) {
      quote = (_call, callback) => callback({ code, details: 'no' })
      assert.equal(await codeOf(client.quote(aQuoteRequest())), meaning)
    }
  })

  it('does not take a stream that ends at once for a shipment', async () => {
    track = (call) => call.end()
    assert.equal(await codeOf(client.track(TRACKING_NUMBER_EXAMPLE)), 'bad-answer')
  })

  it('ends a stream whose first answer does not come in time, and one whose other end forgets it', async () => {
    let isCancelled = false
    track = (call) => call.on('cancelled', () => (isCancelled = true))
    assert.equal(await codeOf(client.track(TRACKING_NUMBER_EXAMPLE, { limitMs: 80 })), 'time-limit')
    const following = client.follow(TRACKING_NUMBER_EXAMPLE, { limitMs: 80 })[Symbol.asyncIterator]()
    assert.equal(await codeOf(following.next()), 'time-limit')
    assert.ok(isCancelled)
  })
})

describe('the client for an address', () => {
  it('is one over HTTP or gRPC', () => {
    for (const address of ['http://127.0.0.1:4100', 'https://shipping.example/v1', 'grpc://[::1]:4101'])
      createShippingClient(address).close()
  })

  it('is none for another address, which is shown with what would be right', () => {
    for (const address of ['', '127.0.0.1:4100', 'ftp://x', 'grpc://x', 'grpc://x:1/path', 'grpc:x']) {
      assert.throws(
        () => createShippingClient(address),
        (error) => {
          assert.ok(error instanceof TypeError)
          assert.ok(error.message.includes(JSON.stringify(address)))
          assert.match(error.message, /expected one such as http:\/\/127\.0\.0\.1:4100 or grpc:/)
          return true
        },
      )
    }
  })
})
