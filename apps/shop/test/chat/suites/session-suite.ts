import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ChatClient, connect, message, until } from '../chat-client.js'
import type { Instances } from '../instances.js'

export function describeSessions(instances: () => Instances): void {
  describe('who is behind a connection', () => {
    it('refuses guests and bad tokens, and says why', async () => {
      const { one } = instances()
      for (const auth of [{}, { token: 'bad' }, { token: 7 }, { token: { $ne: null } }]) {
        const client = new ChatClient(one, { auth, reconnection: false })
        const error = await client.got('connect_error')
        assert.equal(error.data.code, 'unauthenticated', JSON.stringify(auth))
        client.close()
      }
    })

    it('takes what the request of the handshake says, too', async () => {
      const { one, people } = instances()
      const extraHeaders = { Authorization: `Bearer ${people.token('ada')}` }
      const client = new ChatClient(one, { extraHeaders })
      await client.got('connect')
      await client.done('chat:join', { roomId: 'support' })
      client.close()
    })

    it('asks for a new token when the old one has expired, and goes on with it', async () => {
      const { one, people } = instances()
      const token = people.token('ada')
      const client = await connect(one, token)
      await client.done('chat:join', { roomId: 'support' })
      people.expire(token)
      const { renewWithinMs } = await client.got('session:expired')
      assert.ok(renewWithinMs > 0)
      const refused = await client.ask('chat:send', message('support', 'expired'))
      assert.equal(refused.problem.code, 'unauthenticated')
      const bad = await client.ask('session:renew', { token: 'bad' })
      assert.equal(bad.problem.code, 'unauthenticated')
      const foreign = await client.ask('session:renew', { token: people.token('eve') })
      assert.equal(foreign.problem.code, 'unauthenticated')
      await client.done('session:renew', { token: people.token('ada') })
      await client.done('chat:join', { roomId: 'support' })
      await client.done('chat:send', message('support', 'renewed'))
      client.close()
    })

    it('lets who has no rights any more hear nothing, and disconnects', async () => {
      const { one, other, people } = instances()
      const token = people.token('eve')
      const client = await connect(other, token, { reconnection: false })
      await client.done('chat:join', { roomId: 'support' })
      people.expire(token)
      await client.got('session:expired')
      const ada = await connect(one, people.token('ada'))
      await ada.done('chat:send', message('support', 'not for eve'))
      assert.equal(await client.got('disconnect'), 'io server disconnect')
      assert.ok(!client.all('chat:message').some((got) => (got as { text: string }).text === 'not for eve'))
      const { here } = await ada.done('chat:join', { roomId: 'support' })
      assert.ok(!here.some((user: { id: string }) => user.id === 'user-eve'))
      ada.close()
    })

    it('puts nobody out while it can not be found out who they are', async () => {
      const { one, people } = instances()
      const client = await connect(one, people.token('ada'))
      people.isAway = true
      const answer = await client.ask('chat:send', message('support', 'who am I'))
      assert.equal(answer.problem.code, 'internal-error')
      people.isAway = false
      await client.done('chat:send', message('support', 'here I am'))
      assert.equal(client.socket.connected, true)
      client.close()
    })

    it('leaves nothing behind when all have gone', async () => {
      const { one, other, people } = instances()
      const clients = await Promise.all(
        Array.from({ length: 20 }, (_, index) => connect(index % 2 ? one : other, people.token(`p${index}`))),
      )
      await Promise.all(clients.map((client) => client.done('chat:join', { roomId: 'support' })))
      for (const client of clients) client.close()
      for (const { cradle } of [one, other]) {
        await until(() => cradle.socketHub.size === 0, 'all connections are gone')
        await until(() => cradle.presence.at('support').length === 0, 'nobody is here')
      }
    })
  })
}
