import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, it, type TestContext } from 'node:test'
import { Client, head } from './faults/client.mjs'
import { type Contestant, contestants, listening, node, turbo } from './faults/contestants.mjs'

/*
 * Requests of one connection come out of one socket. What a handler, or an agent before it, puts into its asynchronous
 * context must not be there when the next request is handled.
 */

/** What each of four requests on one connection finds of those before it; the second and third come in one packet. */
async function leaks(t: TestContext, { create }: Contestant): Promise<(string | undefined)[]> {
  const storage = new AsyncLocalStorage<string>()
  const found: (string | undefined)[] = []
  const server = create({}, (req, res) => {
    found.push(storage.getStore())
    storage.enterWith(`of ${req.url}`)
    res.end('ok')
  })
  const client = await Client.open(await listening(t, server))
  await client.send(head('GET /1')).until('ok')
  client.send(head('GET /2') + head('GET /3'))
  await client.until(() => client.received.split('ok').length === 4)
  client.send(head('GET /4'))
  await client.until(() => client.received.split('ok').length === 5)
  return found
}

describe('the asynchronous context that a handler enters', () => {
  it('is seen by no later request of the connection that does not see it on node:http', async (t) => {
    // Before Node 24, node:http lets every request of a connection see it.
    const onNode = await leaks(t, node)
    const onTurbo = await leaks(t, turbo)
    assert.equal(onTurbo.length, 4)
    onTurbo.forEach((found, index) => assert.ok(found === undefined || found === onNode[index]))
  })
})

for (const { name, create } of contestants) {
  describe(`on ${name}, the asynchronous context of a request`, () => {
    it('is that of the handler when its body comes, and when the response ends', async (t) => {
      const storage = new AsyncLocalStorage<string>()
      const found: string[] = []
      const server = create({}, (req, res) => {
        storage.run(`of ${req.url}`, () => {
          const note = (event: string) => () => void found.push(`${req.url} ${event} ${storage.getStore()}`)
          setImmediate(note('later'))
          res.write('begun', note('written'))
          req.on('data', AsyncLocalStorage.bind(note('bound data')))
          req.on('end', () => res.end('ok'))
        })
      })
      const client = await Client.open(await listening(t, server))
      for (const path of ['/1', '/2']) {
        client.received = ''
        client.send(head(`POST ${path}`, 'Content-Length: 4'))
        await client.until('begun')
        await client.send('body').until('ok')
      }
      assert.deepEqual(found.toSorted(), [
        '/1 bound data of /1',
        '/1 later of /1',
        '/1 written of /1',
        '/2 bound data of /2',
        '/2 later of /2',
        '/2 written of /2',
      ])
    })
  })
}
