import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatLevel, formatState, parseLevel, parseState } from '../contract/enum-names.js'
import { protocol } from '../contract/protocol.js'
import { formatStatusDetails, parseStatusDetails } from '../contract/status-details.js'
import { SERVICE_LEVELS, SHIPMENT_STATES } from '../contract/vocabulary.js'
import { readQuote, readShipment } from '../client/answers.js'
import {
  quoteAnswer,
  quoteMessage,
  shipmentAnswer,
  shipmentRequestMessage,
} from '../client/grpc/answer-messages.js'
import { inputOf, quoteReply, shipmentMessage } from '../src/grpc/reply-messages.js'

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
const count = fc.nat(2 ** 31 - 1)
const level = fc.constantFrom(...SERVICE_LEVELS)
const price = fc.record({ amount: fc.nat(Number.MAX_SAFE_INTEGER), currency: fc.constant('EUR' as const) })
const delivery = fc.record({ min: count, max: count })
const destination = fc.record({ country: text, postalCode: text })
const event = fc.record({
  state: fc.constantFrom(...SHIPMENT_STATES),
  at: fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
})
const shipment = fc.record({
  tracking: text,
  orderId: text,
  weightGrams: count,
  destination,
  level,
  price,
  delivery,
  history: fc.array(event, { minLength: 1, maxLength: 8 }),
})

describe('the messages of shipping.proto', () => {
  it('carry every field of a request from the client to the service', () => {
    const request = fc.record({
      orderId: text,
      weightGrams: fc.integer({ min: -5, max: 5000 }),
      destination,
      level,
    })
    const { requestSerialize, requestDeserialize } = protocol.CreateShipment
    fc.assert(
      fc.property(request, (sent) => {
        const message = shipmentRequestMessage(sent)
        assert.deepEqual(plain(inputOf(requestDeserialize(requestSerialize(message)))), plain(sent))
        const { orderId: _, ...quote } = sent
        const bytes = protocol.Quote.requestSerialize(quoteMessage(quote))
        assert.deepEqual(plain(inputOf(protocol.Quote.requestDeserialize(bytes))), plain(quote))
      }),
    )
  })

  it('carry every field of a shipment from the service to the client', () => {
    const { responseSerialize, responseDeserialize } = protocol.CreateShipment
    fc.assert(
      fc.property(shipment, (sent) => {
        const received = responseDeserialize(responseSerialize(shipmentMessage(sent)))
        assert.deepEqual(plain(readShipment(shipmentAnswer(received))), plain(sent))
      }),
    )
  })

  it('carry every field of a quote from the service to the client', () => {
    const options = fc.array(fc.record({ level, price, delivery }), { minLength: 1, maxLength: 3 })
    const { responseSerialize, responseDeserialize } = protocol.Quote
    fc.assert(
      fc.property(options, (sent) => {
        const received = responseDeserialize(responseSerialize(quoteReply({ options: sent })))
        assert.deepEqual(plain(readQuote(quoteAnswer(received))), plain({ options: sent, estimated: false }))
      }),
    )
  })

  it('have a name for every level and every state', () => {
    for (const each of SERVICE_LEVELS) assert.equal(parseLevel(formatLevel(each)), each)
    for (const each of SHIPMENT_STATES) assert.equal(parseState(formatState(each)), each)
    assert.equal(parseLevel('SERVICE_LEVEL_UNSPECIFIED'), undefined)
    assert.equal(parseLevel(9), 9)
  })

  it('carry what is wrong with each field in the details of a status, and take no other bytes for it', () => {
    const fields = fc.array(fc.record({ field: text, problem: text, expected: text }), { maxLength: 4 })
    fc.assert(
      fc.property(text, fields, (code, wrong) => {
        const bytes = formatStatusDetails(3, 'message', { code, fields: wrong })
        assert.deepEqual(plain(parseStatusDetails(bytes)), plain({ code, fields: wrong }))
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        assert.equal(parseStatusDetails(Buffer.from(bytes)), null)
      }),
    )
  })
})

/** Without the prototypes that the libraries give their objects. */
function plain(value: unknown): unknown {
  return structuredClone(value)
}
