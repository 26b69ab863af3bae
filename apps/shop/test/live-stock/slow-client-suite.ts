import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { it } from 'node:test'
import { until } from '../chat/chat-client.js'
import type { Instances } from '../chat/instances.js'

const ROUNDS = 4000

export function describeSlowClients(name: string, start: () => Promise<Instances>): void {
  it(`${name} keeps the newest of each product, and no more, for a client that reads nothing`, async () => {
    const { one, stop } = await start()
    const socket = connect(Number(new URL(one.address).port), '127.0.0.1')
    const products = Array.from({ length: 20 }, (_, index) => index + 20)
    socket.pause()
    socket.write(`GET /api/v1/live-stock?products=${products.join(',')} HTTP/1.1\r\nHost: x\r\n\r\n`)
    const { stockChannel, stockFeed, liveConnections } = one.cradle
    await until(() => liveConnections.size === 1, 'the stream is open')
    // More than all buffers on the way hold.
    for (let round = 1; round <= ROUNDS; round++) {
      const level = (productId: number) =>
        JSON.stringify({ productId, available: round, version: 1000 + round })
      await Promise.all(products.map((productId) => stockChannel.publish(level(productId))))
    }
    const { epoch, number } = await stockChannel.position()
    await until(() => stockFeed.position === `${epoch}.${number}`, 'all has been heard')
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.resume()
    const newest = (productId: number) => `"productId":${productId},"available":${ROUNDS},`
    await until(() => products.every((productId) => text.includes(newest(productId))), 'the newest has come')
    const sent = text.match(/event: stock/g)?.length ?? 0
    const changes = ROUNDS * products.length
    assert.ok(sent < changes, `${sent} of ${changes} were sent`)
    const ids = [...text.matchAll(/^id: \w+\.(\d+)$/gm)].map(([, id]) => Number(id))
    assert.deepEqual(
      ids,
      ids.toSorted((left, right) => left - right),
      'the ids go up',
    )
    socket.destroy()
    await stop()
  })
}
