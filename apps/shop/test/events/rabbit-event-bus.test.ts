import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net'
import { after, describe, it } from 'node:test'
import { connect } from 'amqplib'
import { StartError } from '#shop/platform/configuration/start-error.js'
import type { ShopEvent } from '#shop/platform/events/event-bus.js'
import { RabbitEventBus } from '#shop/platform/events/rabbit-event-bus.js'
import { describeEventBus, eventOf } from '../platform/event-bus-suite.js'
import { AMQP_URL, newAmqpPrefix, rabbitIsMissing, removeFromBroker } from '../support/brokers.js'
import { eventually } from '../support/eventually.js'
import { SilentLog } from '../support/silent-log.js'

const skip = await rabbitIsMissing()
const prefixes: string[] = []

const open = (url = AMQP_URL, log = new SilentLog(), attempts = 8): Promise<RabbitEventBus> => {
  const prefix = newAmqpPrefix()
  prefixes.push(prefix)
  return RabbitEventBus.open({ url, prefix, log, firstPauseMs: 1, attempts })
}

after(async () => {
  if (skip === false) for (const prefix of prefixes) await removeFromBroker(prefix, ['stock', 'mail'])
})

describeEventBus('the event bus on RabbitMQ', () => open(), skip)

describe('RabbitMQ', { skip }, () => {
  it('keeps what was published while nobody was there, for who comes back', async () => {
    const first = await open()
    const prefix = prefixes.at(-1) ?? ''
    await first.subscribe({ consumer: 'stock', types: ['x'], handle: async () => {} })
    await first.close()
    const publisher = await RabbitEventBus.open({ url: AMQP_URL, prefix, log: new SilentLog() })
    const event = eventOf('x', { n: 1 })
    await publisher.publish(event)
    const heard: ShopEvent[] = []
    await publisher.subscribe({
      consumer: 'stock',
      types: ['x'],
      handle: async (each) => void heard.push(each),
    })
    await eventually(
      async () => heard.length,
      (count) => count === 1,
    )
    assert.deepEqual(heard, [event])
    await publisher.close()
  })

  it('gets what was given up as a dead letter, and goes on with the next', async () => {
    const log = new SilentLog()
    const bus = await open(AMQP_URL, log, 3)
    const heard: unknown[] = []
    const handle = async ({ data }: ShopEvent) => {
      heard.push(data)
      if (data === 'bad') throw new Error('never')
    }
    await bus.subscribe({ consumer: 'stock', types: ['x'], handle })
    const bad = eventOf('x', 'bad')
    await bus.publish(bad)
    await bus.publish(eventOf('x', 'good'))
    await eventually(
      async () => heard.length,
      (count) => count === 4,
    )
    assert.deepEqual(heard, ['bad', 'bad', 'bad', 'good'])
    assert.ok(log.lines.includes('an event was given up'))
    await bus.close()
    const connection = await connect(AMQP_URL)
    const channel = await connection.createChannel()
    const dead = await eventually(() => channel.get(`${prefixes.at(-1)}stock.dead`, { noAck: true }), Boolean)
    assert.ok(dead !== false && dead.properties.messageId === bad.id)
    await connection.close()
  })

  it('may go away: publishing says so, and consumers go on when it is back', async () => {
    const wire = await Wire.to(new URL(AMQP_URL))
    const bus = await open(wire.url)
    const heard: unknown[] = []
    await bus.subscribe({
      consumer: 'stock',
      types: ['x'],
      handle: async ({ data }) => void heard.push(data),
    })
    await bus.publish(eventOf('x', 1))
    await eventually(
      async () => heard.length,
      (count) => count === 1,
    )
    wire.cut()
    const failed = await eventually(
      () => bus.publish(eventOf('x', 'lost')).then(() => null, String),
      (error) => error !== null,
    )
    assert.match(failed ?? '', /connection|closed/i)
    await assert.rejects(bus.check())
    wire.mend()
    await eventually(
      () =>
        bus.check().then(
          () => true,
          () => false,
        ),
      Boolean,
    )
    await bus.publish(eventOf('x', 2))
    await eventually(
      async () => heard.at(-1),
      (last) => last === 2,
    )
    // The first came once more, if the cut took its confirmation along.
    assert.deepEqual(
      [...new Set(heard)].filter((data) => data !== 'lost'),
      [1, 2],
    )
    await bus.close()
    await wire.close()
  })

  it('gives an event that was not handled to the next instance, when the first one dies', async () => {
    const wire = await Wire.to(new URL(AMQP_URL))
    const prefix = newAmqpPrefix()
    prefixes.push(prefix)
    const dying = await RabbitEventBus.open({ url: wire.url, prefix, log: new SilentLog() })
    let begun = false
    let release = (): void => {}
    const untilReleased = (): Promise<void> => {
      begun = true
      return new Promise((resolve) => (release = resolve))
    }
    await dying.subscribe({ consumer: 'stock', types: ['x'], handle: untilReleased })
    const event = eventOf('x')
    await dying.publish(event)
    await eventually(async () => begun, Boolean)
    const heard: ShopEvent[] = []
    const other = await RabbitEventBus.open({ url: AMQP_URL, prefix, log: new SilentLog() })
    await other.subscribe({ consumer: 'stock', types: ['x'], handle: async (each) => void heard.push(each) })
    await wire.close()
    await eventually(
      async () => heard.length,
      (count) => count > 0,
    )
    assert.deepEqual(heard, [event])
    await other.close()
    release()
    await dying.close()
  })

  it('that lets nobody in stops the start with a message that names the variable, without the password', async () => {
    for (const url of ['amqp://guest:secret@127.0.0.1:1', AMQP_URL.replace('guest@', 'secret@')]) {
      await assert.rejects(open(url), (error) => {
        assert.ok(error instanceof StartError)
        assert.match(error.message, /AMQP_URL/)
        assert.ok(!error.message.includes('secret'), error.message)
        return true
      })
    }
  })
})

/** A wire to the broker that can be cut. */
class Wire {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #isCut = false

  readonly #target: URL

  private constructor(target: URL) {
    this.#target = target
    this.#server = createServer((near) => {
      if (this.#isCut) return void near.destroy()
      const far = connectTo(Number(this.#target.port || 5672), this.#target.hostname)
      for (const socket of [near, far]) {
        this.#sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => this.#sockets.delete(socket))
      }
      near.pipe(far).pipe(near)
    })
  }

  static async to(target: URL): Promise<Wire> {
    const wire = new Wire(target)
    wire.#server.listen(0, '127.0.0.1')
    await once(wire.#server, 'listening')
    return wire
  }

  get url(): string {
    const url = new URL(this.#target)
    url.hostname = '127.0.0.1'
    url.port = String((this.#server.address() as { port: number }).port)
    return url.href
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
