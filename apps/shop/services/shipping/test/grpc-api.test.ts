import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import {
  Client,
  compressionAlgorithms,
  credentials,
  Metadata,
  type MethodDefinition,
  type ServiceError,
  status,
} from '@grpc/grpc-js'
import type {
  CreateShipmentRequestMessage,
  QuoteRequestMessage,
  ShipmentMessage,
} from '../contract/messages.js'
import { badRequestType, protocol, statusType } from '../contract/protocol.js'
import { DETAILS_TRAILER, parseStatusDetails } from '../contract/status-details.js'
import { startTestService, type TestService, until } from './support/test-service.js'

const QUOTE: QuoteRequestMessage = {
  weightGrams: 1500,
  destination: { country: 'NL', postalCode: '1012 AB' },
}

let service: TestService
let client: Client

function ask<Request, Reply>(
  { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Reply>,
  message: Request,
  { metadata = new Metadata(), deadline = Date.now() + 10_000, through = client } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const answer = (error: ServiceError | null, reply?: Reply): void =>
      error ? reject(error) : resolve(reply as Reply)
    through.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      message,
      metadata,
      { deadline },
      answer,
    )
  })
}

async function failure(work: Promise<unknown>): Promise<ServiceError> {
  const error = await work.then(
    () => assert.fail('it was taken'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof Error && 'code' in error, String(error))
  return error as ServiceError
}

function detailsOf({ metadata }: ServiceError): Buffer {
  const [bytes] = metadata.get(DETAILS_TRAILER)
  assert.ok(Buffer.isBuffer(bytes))
  return bytes
}

/** Bytes as they are, in place of a message. */
const asTheyAre = (bytes: Buffer): Buffer => bytes
const RAW_QUOTE: MethodDefinition<Buffer, Buffer> = {
  path: protocol.Quote.path,
  requestStream: false,
  responseStream: false,
  requestSerialize: asTheyAre,
  requestDeserialize: asTheyAre,
  responseSerialize: asTheyAre,
  responseDeserialize: asTheyAre,
}

before(async () => {
  service = await startTestService({ callLimitMs: 1000, bodyLimitBytes: 4096 })
  client = new Client(service.grpcAddress, credentials.createInsecure())
})

afterEach(() => Object.assign(service.faults, { delayMs: 0, failureRate: 0, lostAnswerRate: 0 }))

after(async () => {
  client.close()
  await service.stop()
})

describe('Quote', () => {
  it('answers with the options', async () => {
    assert.deepEqual(await ask(protocol.Quote, { ...QUOTE, level: 'SERVICE_LEVEL_EXPRESS' }), {
      options: [
        {
          level: 'SERVICE_LEVEL_EXPRESS',
          price: { amount: 2430, currency: 'EUR' },
          delivery: { min: 1, max: 2 },
        },
      ],
    })
  })

  it('takes an unspecified level for none', async () => {
    const reply = await ask(protocol.Quote, { ...QUOTE, level: 'SERVICE_LEVEL_UNSPECIFIED' })
    assert.equal(reply.options?.length, 3)
  })

  it('answers INVALID_ARGUMENT, with every wrong field in the details, for us and for generic tools', async () => {
    const error = await failure(ask(protocol.Quote, { weightGrams: 0, destination: { country: 'nl' } }))
    assert.equal(error.code, status.INVALID_ARGUMENT)
    assert.match(error.details, /weightGrams is 0; expected a whole number of grams from 1 to 30000/)
    const fields = [
      { field: 'weightGrams', problem: 'is 0', expected: 'a whole number of grams from 1 to 30000' },
      {
        field: 'destination.country',
        problem: 'is "nl"',
        expected: 'two capital letters of ISO 3166-1, such as "NL"',
      },
      {
        field: 'destination.postalCode',
        problem: 'is missing',
        expected: 'a postal code of that country, up to 16 characters',
      },
    ]
    assert.deepEqual(parseStatusDetails(detailsOf(error)), { code: 'invalid-input', fields })
    const { code, message, details = [] } = statusType.deserialize(detailsOf(error))
    assert.deepEqual([code, message], [status.INVALID_ARGUMENT, error.details])
    const generic = details.find(({ type_url: url }) => url === 'type.googleapis.com/google.rpc.BadRequest')
    assert.deepEqual(
      badRequestType
        .deserialize(generic?.value ?? Buffer.alloc(0))
        .fieldViolations?.map(({ field }) => field),
      fields.map(({ field }) => field),
    )
  })

  it('tells a missing value from a zero', async () => {
    const { details } = await failure(ask(protocol.Quote, { destination: { country: 'NL', postalCode: '' } }))
    assert.match(details, /weightGrams is missing/)
    assert.match(details, /postalCode is ""/)
  })

  it('refuses a level that it does not know', async () => {
    const error = await failure(ask(protocol.Quote, { ...QUOTE, level: 77 }))
    assert.equal(error.code, status.INVALID_ARGUMENT)
    assert.match(error.details, /level is 77; expected one of standard, express, pickup/)
  })

  it('answers RESOURCE_EXHAUSTED to a message that is too large, also when it was compressed', async () => {
    const large = { ...QUOTE, destination: { country: 'NL', postalCode: 'x'.repeat(5000) } }
    assert.equal((await failure(ask(protocol.Quote, large))).code, status.RESOURCE_EXHAUSTED)
    const zipping = new Client(service.grpcAddress, credentials.createInsecure(), {
      'grpc.default_compression_algorithm': compressionAlgorithms.gzip,
    })
    assert.equal((await ask(protocol.Quote, QUOTE, { through: zipping })).options?.length, 3)
    const error = await failure(ask(protocol.Quote, large, { through: zipping }))
    assert.equal(error.code, status.RESOURCE_EXHAUSTED)
    zipping.close()
  })

  it('survives bytes that are no message, and text that is none', async () => {
    const bytes = [Buffer.from([0xff, 0xff]), Buffer.from([8]), Buffer.from([0x12, 0x20, 0x0a])]
    for (const message of bytes) {
      const { code } = await failure(ask(RAW_QUOTE, message))
      assert.equal(code, status.INTERNAL)
    }
    // A postal code of half a character and of bytes that are no UTF-8.
    for (const text of [Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xff, 0xfe])]) {
      const destination = Buffer.concat([
        Buffer.from([0x0a, 2]),
        Buffer.from('NL'),
        Buffer.from([0x12, text.length]),
        text,
      ])
      const message = Buffer.concat([Buffer.from([8, 5, 0x12, destination.length]), destination])
      const error = await failure(ask(RAW_QUOTE, message))
      assert.equal(error.code, status.INVALID_ARGUMENT)
      assert.match(error.details, /destination\.postalCode is/)
    }
    assert.equal((await ask(protocol.Quote, QUOTE)).options?.length, 3)
  })

  it('ignores fields that it does not know', async () => {
    const known = protocol.Quote.requestSerialize(QUOTE)
    const reply = await ask(RAW_QUOTE, Buffer.concat([known, Buffer.from([0xf8, 0x01, 5])]))
    assert.ok(reply.length > 0)
  })
})

describe('CreateShipment', () => {
  it('answers ALREADY_EXISTS, naming what differs, when the order was shipped with other details', async () => {
    const request: CreateShipmentRequestMessage = {
      ...QUOTE,
      orderId: 'grpc-1',
      level: 'SERVICE_LEVEL_STANDARD',
    }
    const first = await ask(protocol.CreateShipment, request)
    assert.deepEqual(await ask(protocol.CreateShipment, request), first)
    const error = await failure(ask(protocol.CreateShipment, { ...request, weightGrams: 2 }))
    assert.equal(error.code, status.ALREADY_EXISTS)
    assert.deepEqual(
      parseStatusDetails(detailsOf(error))?.fields.map(({ field }) => field),
      ['weightGrams'],
    )
  })

  it('needs an order and a level', async () => {
    const { details } = await failure(ask(protocol.CreateShipment, QUOTE))
    assert.match(details, /orderId is missing/)
    assert.match(details, /level is missing/)
  })
})

describe('Track', () => {
  it('sends the shipment, and again after each change, and ends when it has arrived', async () => {
    const request = { ...QUOTE, orderId: 'grpc-track', level: 'SERVICE_LEVEL_EXPRESS' }
    const { tracking = '' } = await ask(protocol.CreateShipment, request)
    const { path, requestSerialize, responseDeserialize } = protocol.Track
    const stream = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, { tracking })
    const lengths: number[] = []
    for await (const message of stream) {
      lengths.push((message as ShipmentMessage).history?.length ?? 0)
      await service.step(tracking)
    }
    assert.deepEqual(lengths, [1, 2, 3, 4, 5])
  })

  it('answers NOT_FOUND for a shipment that there is not', async () => {
    const { path, requestSerialize, responseDeserialize } = protocol.Track
    const message = { tracking: 'SH7777777777777777R' }
    const stream = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, message)
    const error = await failure(stream.toArray())
    assert.equal(error.code, status.NOT_FOUND)
    assert.deepEqual(parseStatusDetails(detailsOf(error))?.code, 'unknown-shipment')
  })
})

describe('a call over gRPC', () => {
  it('ends with DEADLINE_EXCEEDED at the deadline of the caller, and the service stops working', async () => {
    service.faults.delayMs = 60_000
    const ended = () => service.callsEnded({ transport: 'grpc', outcome: 'DEADLINE_EXCEEDED' })
    const before = await ended()
    const { code } = await failure(ask(protocol.Quote, QUOTE, { deadline: Date.now() + 100 }))
    assert.equal(code, status.DEADLINE_EXCEEDED)
    await until('it ended there too', async () => (await ended()) === before + 1)
    assert.equal(await service.callsUnderWay('grpc'), 0)
  })

  it('ends with DEADLINE_EXCEEDED at the limit of the service', async () => {
    service.faults.delayMs = 60_000
    const { code, details } = await failure(ask(protocol.Quote, QUOTE))
    assert.equal(code, status.DEADLINE_EXCEEDED)
    assert.match(details, /within 1000 ms/)
  })

  it('ends with UNAVAILABLE when the service can not answer', async () => {
    service.faults.failureRate = 1
    const error = await failure(ask(protocol.Quote, QUOTE))
    assert.equal(error.code, status.UNAVAILABLE)
    assert.equal(parseStatusDetails(detailsOf(error))?.code, 'unavailable')
  })

  it('keeps the name that the caller gave it', async () => {
    const { path, requestSerialize, responseDeserialize } = protocol.Quote
    const metadata = new Metadata()
    metadata.set('x-request-id', 'shop-7')
    const answered = new Promise<Metadata>((resolve) => {
      client
        .makeUnaryRequest(path, requestSerialize, responseDeserialize, QUOTE, metadata, () => {})
        .on('metadata', resolve)
    })
    assert.deepEqual((await answered).get('x-request-id'), ['shop-7'])
  })

  it('is counted by operation and status', async () => {
    const before = await service.callsEnded({
      transport: 'grpc',
      operation: 'quote',
      outcome: 'INVALID_ARGUMENT',
    })
    await failure(ask(protocol.Quote, {}))
    assert.equal(
      await service.callsEnded({ transport: 'grpc', operation: 'quote', outcome: 'INVALID_ARGUMENT' }),
      before + 1,
    )
  })
})
