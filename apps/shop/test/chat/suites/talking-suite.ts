import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { ChatClient, connect, message, until } from '../chat-client.js'
import type { Instances } from '../instances.js'

export function describeTalking(instances: () => Instances): void {
  describe('talking', () => {
    const clients: ChatClient[] = []

    afterEach(() => {
      for (const client of clients.splice(0)) client.close()
    })

    /** Ada at the one instance, Ben at the other, both in the support room. */
    async function adaAndBen(): Promise<[ChatClient, ChatClient]> {
      const { one, other, people } = instances()
      const ada = await connect(one, people.token('ada'))
      clients.push(ada)
      await ada.done('chat:join', { roomId: 'support' })
      const ben = await connect(other, people.token('ben'))
      clients.push(ben)
      await ben.done('chat:join', { roomId: 'support' })
      return [ada, ben]
    }

    it('brings a message to everybody in the room, and its stored id to who sent it', async () => {
      const [ada, ben] = await adaAndBen()
      const { message: stored, isNew } = await ada.done('chat:send', message('support', 'Is it blue?'))
      const got = await ben.got('chat:message', ({ text }) => text === 'Is it blue?')
      assert.deepEqual(got, stored)
      assert.equal(isNew, true)
      assert.match(got.id, /^[0-9a-f-]{36}$/)
      assert.deepEqual(got.author, { id: 'user-ada', name: 'ada' })
      assert.deepEqual(await ada.got('chat:message', ({ id }) => id === stored.id), stored)
    })

    it('numbers the messages of a room without gaps, in the order in which all see them', async () => {
      const [ada, ben] = await adaAndBen()
      const sent = Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? ada : ben).done('chat:send', message('support', `number ${index}`)),
      )
      const sequences = (await Promise.all(sent)).map((answer) => answer.message.sequence as number)
      const sorted = sequences.toSorted((left, right) => left - right)
      assert.deepEqual(
        sorted,
        sorted.map((_, index) => (sorted[0] ?? 0) + index),
      )
      await ben.got('chat:message', ({ sequence }) => sequence === sorted.at(-1))
    })

    it('stores and brings a message once that is sent again', async () => {
      const [ada, ben] = await adaAndBen()
      const same = message('support', 'only once')
      const first = await ada.done('chat:send', same)
      const again = await ada.done('chat:send', same)
      assert.equal(again.isNew, false)
      assert.deepEqual(again.message, first.message)
      const next = await ada.done('chat:send', message('support', 'the next'))
      assert.equal(next.message.sequence, first.message.sequence + 1)
      await ben.got('chat:message', ({ text }) => text === 'the next')
      const received = ben
        .all('chat:message')
        .filter((one) => (one as { id: string }).id === first.message.id)
      assert.equal(received.length, 1)
    })

    it('shows who is typing, to the others only', async () => {
      const [ada, ben] = await adaAndBen()
      await ada.done('chat:typing', { roomId: 'support', isTyping: true })
      const typing = await ben.got('chat:typing')
      assert.deepEqual(typing, { roomId: 'support', user: { id: 'user-ada', name: 'ada' }, isTyping: true })
      assert.deepEqual(ada.all('chat:typing'), [])
    })

    it('tells how far somebody has read; never backwards', async () => {
      const [ada, ben] = await adaAndBen()
      const { message: first } = await ada.done('chat:send', message('support', 'read me'))
      await ben.done('chat:read', { roomId: 'support', sequence: first.sequence })
      const mark = await ada.got('chat:read', ({ userId }) => userId === 'user-ben')
      assert.deepEqual(mark, { roomId: 'support', userId: 'user-ben', sequence: first.sequence })
      await ben.done('chat:read', { roomId: 'support', sequence: 1 })
      await ben.done('chat:read', { roomId: 'support', sequence: first.sequence + 1000 })
      const { reads } = await ada.done('chat:join', { roomId: 'support' })
      assert.deepEqual(
        reads.find((read: { userId: string }) => read.userId === 'user-ben'),
        { userId: 'user-ben', sequence: first.sequence },
      )
    })

    it('shows who is here, over all instances, each once', async () => {
      const [ada, ben] = await adaAndBen()
      await ada.got('chat:presence', ({ user, isHere }) => user.id === 'user-ben' && isHere)
      const { one, other, people } = instances()
      const second = await connect(other, people.token('ada'))
      clients.push(second)
      await second.done('chat:join', { roomId: 'support' })
      const here = async () =>
        (await ben.done('chat:join', { roomId: 'support' })).here.map((user: { name: string }) => user.name)
      assert.deepEqual(await here(), ['ada', 'ben'])
      ada.close()
      await until(() => one.cradle.presence.at('support').length === 2, 'ada is seen by her other window')
      second.close()
      await ben.got('chat:presence', ({ user, isHere }) => user.id === 'user-ada' && !isHere)
      assert.deepEqual(await here(), ['ben'])
    })

    it('brings what was missed to who comes back, by itself', async () => {
      const [ada, ben] = await adaAndBen()
      const { message: seen } = await ada.done('chat:send', message('support', 'seen'))
      await ben.got('chat:message', ({ id }) => id === seen.id)
      ben.socket.io.engine.close()
      await ben.got('disconnect')
      const { message: missed } = await ada.done('chat:send', message('support', 'missed'))
      await until(() => ben.socket.connected, 'ben is connected again')
      const joined = await ben.done('chat:join', { roomId: 'support', after: seen.sequence })
      assert.deepEqual(joined.messages, [missed])
      assert.equal(joined.nextAfter, null)
    })
  })
}
