import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { type AddressInfo, connect as connectSocket } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import {
  type ClientEvent,
  createFlatRate,
  createShippingClient,
  ResilientShippingClient,
  type ShipmentEvent,
  ShippingUnavailable,
} from '../client/index.js'
import { codeOf } from './support/outcomes.js'
import { aQuoteRequest, aShipmentRequest } from './support/requests.js'
import { ServiceProcess } from './support/service-process.js'
import { temporaryFolder } from './support/temporary-folder.js'
import { freePort, until } from './support/test-service.js'
import { TRANSPORTS } from './support/transports.js'

const FLAT_RATE = createFlatRate({
  standard: { price: { amount: 990, currency: 'EUR' }, delivery: { min: 3, max: 10 } },
})

describe('the start of the service', () => {
  it('says where it listens, and logs each call with the name that the caller gave it', async () => {
    const service = new ServiceProcess({})
    const { httpAddress, grpcAddress } = await service.ready()
    assert.match(httpAddress, /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.match(grpcAddress, /^127\.0\.0\.1:\d+$/)
    for (const address of [httpAddress, `grpc://${grpcAddress}`]) {
      const client = createShippingClient(address)
      assert.equal((await client.quote(aQuoteRequest(), { requestId: 'page-5' })).options.length, 3)
      client.close()
    }
    await service.said(/"transport":"http","operation":"quote","outcome":"200","requestId":"page-5"/)
    await service.said(/"transport":"grpc","operation":"quote","outcome":"OK","requestId":"page-5"/)
    assert.equal(await service.stop(), 0)
  })

  it('says that a port is in use, in a sentence which names the variable, and exits with 1', async (t) => {
    const other = createServer()
    t.after(() => other.close())
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    for (const variable of ['SHIPPING_HTTP_PORT', 'SHIPPING_GRPC_PORT']) {
      const service = new ServiceProcess({ [variable]: String(port) })
      assert.equal(await service.exitCode(), 1)
      assert.match(
        service.output,
        new RegExp(`can not start: port ${port} of 127\\.0\\.0\\.1 is in use.*${variable}=`),
      )
      assert.doesNotMatch(service.output, /\bat .*\.js|EADDRINUSE/)
    }
  })

  it('names a variable that is wrong, a host that is none, and a file that can not be, and exits with 1', async () => {
    for (const [variables, said] of [
      [{ SHIPPING_STEP_MS: 'fast' }, /can not start: SHIPPING_STEP_MS is "fast"; expected a whole number/],
      [{ SHIPPING_HOST: '192.0.2.1' }, /can not start: SHIPPING_HOST is "192\.0\.2\.1", which is no address/],
      [{ SHIPPING_DATA_FILE: '/dev/null/x' }, /can not start: SHIPPING_DATA_FILE is "\/dev\/null\/x"/],
    ] as const) {
      const service = new ServiceProcess(variables)
      assert.equal(await service.exitCode(), 1)
      assert.match(service.output, said)
      assert.doesNotMatch(service.output, /\bat .*\.js/)
    }
  })

  it('refuses a file that another service has', async () => {
    const folder = temporaryFolder()
    const variables = { SHIPPING_DATA_FILE: join(folder.path, 'shipments.jsonl') }
    const first = new ServiceProcess(variables)
    await first.ready()
    const second = new ServiceProcess(variables)
    assert.equal(await second.exitCode(), 1)
    assert.match(second.output, new RegExp(`in use by process ${first.pid}`))
    assert.equal(await first.stop(), 0)
    folder.remove()
  })
})

describe('the end of the service', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`is 0 on ${signal}, although clients keep connections and follow shipments`, async () => {
      const service = new ServiceProcess({})
      const addresses = await service.ready()
      const clients = TRANSPORTS.map(({ connect }) => connect(addresses))
      const seen: string[][] = []
      const following = clients.map(async (client) => {
        const { tracking } = await client.createShipment(aShipmentRequest())
        const states: string[] = []
        seen.push(states)
        try {
          for await (const { state } of client.follow(tracking)) states.push(state)
        } catch (error) {
          assert.ok(error instanceof ShippingUnavailable)
        }
      })
      await until('both follow', () => seen.flat().length === 2)
      service.signal(signal)
      assert.equal(await service.exitCode(), 0)
      await Promise.all(following)
      assert.deepEqual(seen, [['announced'], ['announced']])
      for (const client of clients) client.close()
    })
  }

  it('answers what it was asked, asks clients to go elsewhere, and says that it is not ready', async () => {
    const service = new ServiceProcess({ SHIPPING_STOP_GRACE_MS: '1500' })
    const { httpAddress } = await service.ready()
    const { hostname, port } = new URL(httpAddress)
    const socket = connectSocket(Number(port), hostname)
    let received = ''
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()))
    const body = JSON.stringify(aQuoteRequest())
    const head = `POST /quotes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`
    socket.write(`${head}\r\n${body.slice(0, 5)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    service.signal('SIGTERM')
    await service.said(/shipping closes/)
    const ready = await fetch(`${httpAddress}/health/ready`)
    assert.deepEqual([ready.status, ready.headers.get('connection')], [503, 'close'])
    assert.equal(((await ready.json()) as { status: string }).status, 'not ready')
    socket.write(body.slice(5))
    assert.equal(await service.exitCode(), 0)
    assert.match(received, /^HTTP\/1\.1 200 /)
    assert.match(received, /^Connection: close\r$/m)
  })

  it('is at once on a second signal, but not on the same one that came twice', async () => {
    const service = new ServiceProcess({})
    const { httpAddress } = await service.ready()
    const { hostname, port } = new URL(httpAddress)
    const socket = connectSocket(Number(port), hostname)
    socket.on('error', () => {})
    socket.write(
      'POST /quotes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    service.signal('SIGTERM')
    await service.said(/shipping closes/)
    service.signal('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 1200))
    assert.ok(service.isRunning)
    service.signal('SIGTERM')
    assert.equal(await service.exitCode(), 1)
  })
})

describe('a service that is killed', () => {
  for (const { name, connect } of TRANSPORTS) {
    it(`is noticed at once by a call that is under way, over ${name}`, async () => {
      const service = new ServiceProcess({}, { slow: true })
      const client = connect(await service.ready())
      const started = performance.now()
      const calls = [client.quote(aQuoteRequest()), client.createShipment(aShipmentRequest())]
      const codes = calls.map((call) => codeOf(call))
      await new Promise((resolve) => setTimeout(resolve, 300))
      await service.kill()
      assert.deepEqual(await Promise.all(codes), ['no-connection', 'no-connection'])
      assert.ok(performance.now() - started < 20_000)
      client.close()
    })

    it(`and comes back is found again over ${name}, with all that it had promised`, async () => {
      const folder = temporaryFolder()
      const [httpPort, grpcPort] = [await freePort(), await freePort()]
      const variables = {
        SHIPPING_HTTP_PORT: String(httpPort),
        SHIPPING_GRPC_PORT: String(grpcPort),
        SHIPPING_DATA_FILE: join(folder.path, 'shipments.jsonl'),
        SHIPPING_STEP_MS: '700',
      }
      const first = new ServiceProcess(variables)
      const events: ClientEvent[] = []
      const client = new ResilientShippingClient(connect(await first.ready()), {
        fallback: FLAT_RATE,
        breaker: { minCalls: 3, openMs: 300 },
        retry: { minDelayMs: 5, maxDelayMs: 20 },
        reconnectMs: 50,
        observe: (event) => events.push(event),
      })

      // In the middle of its work: many orders are under way, and one shipment is followed.
      const requests = Array.from({ length: 40 }, () => aShipmentRequest())
      const followed = await client.createShipment(aShipmentRequest())
      const story: ShipmentEvent[] = []
      const following = (async () => {
        for await (const event of client.follow(followed.tracking)) story.push(event)
      })()
      const promised = new Map<string, string>()
      const shipping = (async () => {
        for (const request of requests) {
          const shipment = await client.createShipment(request).catch(() => null)
          if (shipment) promised.set(request.orderId, shipment.tracking)
        }
      })()
      await until('some are shipped', () => promised.size >= 5)
      await first.kill()
      await shipping
      assert.ok(promised.size < requests.length)

      await until('the breaker opens', async () => {
        assert.equal((await client.quote(aQuoteRequest())).estimated, true)
        return events.some((event) => event.type === 'breaker' && event.state === 'open')
      })

      const second = new ServiceProcess(variables)
      await second.ready()
      await until('it is found again', async () => !(await client.quote(aQuoteRequest())).estimated)
      await until('the breaker is closed', () => client.breakerState === 'closed')
      // Who asks again for every order gets the shipments that were promised, and one for each of the others.
      const trackings = new Set<string>()
      for (const request of requests) {
        const { tracking, orderId } = await client.createShipment(request)
        assert.equal(tracking, promised.get(orderId) ?? tracking)
        trackings.add(tracking)
      }
      assert.equal(trackings.size, requests.length)
      await following
      assert.deepEqual(story, (await client.track(followed.tracking)).history)
      assert.equal(story.at(-1)?.state, 'delivered')
      client.close()
      assert.equal(await second.stop(), 0)
      folder.remove()
    })
  }
})
