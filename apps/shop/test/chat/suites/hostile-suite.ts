import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fieldsOf } from '../../catalogue/products.js'
import { ChatClient, connect, message, until } from '../chat-client.js'
import type { Instances } from '../instances.js'

const ROOM = { roomId: 'support' }

/** What is wrong with a payload, and what the answer names. */
const BAD: readonly (readonly [string, unknown, string])[] = [
  ['chat:join', undefined, ''],
  ['chat:join', null, ''],
  ['chat:join', [], ''],
  ['chat:join', {}, 'roomId'],
  ['chat:join', { roomId: { toString: 'x' } }, 'roomId'],
  ['chat:join', { roomId: 'a b' }, 'roomId'],
  ['chat:join', { ...ROOM, after: -1 }, 'after'],
  ['chat:join', { ...ROOM, more: 1 }, 'more'],
  ['chat:send', { ...ROOM, text: 'x' }, 'clientId'],
  ['chat:send', message('support', ''), 'text'],
  ['chat:send', message('support', '  \n '), 'text'],
  ['chat:send', message('support', 'x'.repeat(2001)), 'text'],
  ['chat:send', message('support', 'bell \u0007'), 'text'],
  ['chat:send', message('support', 'half \ud800'), 'text'],
  ['chat:send', message('support', 'x', { mentions: 'all' }), 'mentions'],
  ['chat:send', message('support', 'x', { mentions: ['a', 'a'] }), 'mentions'],
  ['chat:send', message('support', 'x', { authorId: 'user-ben' }), 'authorId'],
  ['chat:typing', { ...ROOM, isTyping: 'yes' }, 'isTyping'],
  ['chat:read', { ...ROOM, sequence: 1.5 }, 'sequence'],
  ['chat:read', { ...ROOM, sequence: 1e12 }, 'sequence'],
  ['chat:history', { ...ROOM, limit: 0 }, 'limit'],
  ['chat:history', { ...ROOM, cursor: 'xyz' }, 'cursor'],
  ['session:renew', { token: '' }, 'token'],
]

export function describeHostileClients(instances: () => Instances): void {
  describe('hostile clients', () => {
    it('are told which field of a payload is wrong', async () => {
      const { one, people } = instances()
      const client = await connect(one, people.token('mallory'))
      for (const [event, payload, field] of BAD) {
        const answer = await client.ask(event, payload)
        const about = `${event} ${JSON.stringify(payload)?.slice(0, 80)}`
        assert.equal(answer.ok, false, about)
        assert.equal(answer.problem.code, 'invalid-input', about)
        assert.deepEqual(fieldsOf({ json: answer.problem }), [field], about)
        // Slowly: it is not the flood that is tested here.
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      client.close()
    })

    it('are told that there is no such event, also by names that objects have', async () => {
      const { one, people } = instances()
      const client = await connect(one, people.token('mallory'))
      for (const event of ['chat:everything', 'constructor', '__proto__', 'toString']) {
        assert.equal((await client.ask(event, {})).problem.code, 'unknown-event', event)
      }
      client.socket.emit('chat:join', { roomId: 7 })
      const { event, problem } = await client.got('problem')
      assert.deepEqual([event, problem.code], ['chat:join', 'invalid-input'])
      client.close()
    })

    it('are disconnected by a frame that is too large', async () => {
      const { one, people } = instances()
      const client = await connect(one, people.token('mallory'), { reconnection: false })
      client.socket.emit('chat:send', message('support', 'x'.repeat(100_000)))
      await client.got('disconnect')
      await until(() => one.cradle.socketHub.size === 0, 'the connection is gone')
    })

    it('are disconnected by a flood, while the others talk on', async () => {
      const { one, people } = instances()
      const ada = await connect(one, people.token('ada'))
      const client = await connect(one, people.token('mallory'), { reconnection: false })
      for (let count = 0; count < 500; count++) client.socket.emit('chat:join', ROOM)
      assert.equal((await client.got('session:ended')).reason, 'flood')
      await client.got('disconnect')
      await ada.done('chat:send', message('support', 'calm'))
      ada.close()
    })

    it('have a number of connections', async () => {
      const { one, people } = instances()
      const token = people.token('mallory')
      const clients = await Promise.all(Array.from({ length: 20 }, () => connect(one, token)))
      const more = new ChatClient(one, { auth: { token }, reconnection: false })
      assert.equal((await more.got('connect_error')).data.code, 'too-many-connections')
      for (const client of [...clients, more]) client.close()
      await until(() => one.cradle.socketHub.size === 0, 'all connections are gone')
    })

    it('do not connect from the page of another site, nor by polling', async () => {
      const { one, people } = instances()
      const token = people.token('ada')
      const foreign = new ChatClient(one, {
        auth: { token },
        extraHeaders: { Origin: 'http://evil.example' },
        reconnection: false,
      })
      await foreign.got('connect_error')
      foreign.close()
      const own = await connect(one, token, { extraHeaders: { Origin: one.address } })
      own.close()
      const polling = await one.ask('/socket.io/?EIO=4&transport=polling')
      assert.equal(polling.status, 400)
    })

    it('can not name somebody who does not belong to the room', async () => {
      const { one, people } = instances()
      const token = people.token('ada')
      const made = await one.ask('/api/v1/chat/rooms', {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}` },
        json: { title: 'Ours', members: ['user-ben'] },
      })
      const client = await connect(one, token)
      const answer = await client.ask('chat:send', message(made.json.id, 'hey', { mentions: ['user-eve'] }))
      assert.deepEqual(fieldsOf({ json: answer.problem }), ['mentions'])
      client.close()
    })
  })
}
