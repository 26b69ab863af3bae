import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused, assertProblem, fieldsOf } from '../../catalogue/products.js'
import type { Answer } from '../../support/client.js'
import { connect, message } from '../chat-client.js'
import type { Instances } from '../instances.js'
import { bearer } from '../people.js'

const ROOMS = '/api/v1/chat/rooms'

export function describeRooms(instances: () => Instances): void {
  describe('rooms', () => {
    const create = (token: string, json: unknown): Promise<Answer> =>
      instances().one.ask(ROOMS, { method: 'POST', headers: bearer(token), json })

    it('lists the support room to everybody, and private rooms to their members', async () => {
      const { other, people } = instances()
      const [ada, ben, eve] = [people.token('ada'), people.token('ben'), people.token('eve')]
      const made = await create(ada, { title: 'Ada & Ben', members: ['user-ben'] })
      assert.equal(made.status, 201, made.text)
      assert.equal(made.headers.get('location'), `${ROOMS}/${made.json.id}`)
      assert.deepEqual(made.json.members, ['user-ada', 'user-ben'])
      const seenBy = async (token: string) =>
        (await other.ask(ROOMS, { headers: bearer(token) })).json.items.map((room: { id: string }) => room.id)
      assert.deepEqual((await seenBy(ben)).includes(made.json.id), true)
      assert.deepEqual(await seenBy(eve), ['support'])
      assertProblem(
        await other.ask(`${ROOMS}/${made.json.id}`, { headers: bearer(eve) }),
        404,
        'room-not-found',
      )
      assertProblem(await other.ask(ROOMS), 401, 'unauthenticated')
    })

    it('counts what somebody has not read', async () => {
      const { one, people } = instances()
      const [ada, ben] = [people.token('ada'), people.token('ben')]
      const { json: room } = await create(ada, { title: 'Counting', members: ['user-ben'] })
      const client = await connect(one, ada)
      await client.done('chat:send', message(room.id, 'one'))
      const { message: second } = await client.done('chat:send', message(room.id, 'two'))
      const unread = async (token: string) =>
        (await one.ask(ROOMS, { headers: bearer(token) })).json.items.find(
          ({ id }: { id: string }) => id === room.id,
        ).unread
      assert.deepEqual([await unread(ada), await unread(ben)], [0, 2])
      const reader = await connect(one, ben)
      await reader.done('chat:read', { roomId: room.id, sequence: second.sequence })
      assert.equal(await unread(ben), 0)
      client.close()
      reader.close()
    })

    it('keeps strangers out of private rooms, whatever they try', async () => {
      const { one, people } = instances()
      const { json: room } = await create(people.token('ada'), { title: 'Secret', members: ['user-ben'] })
      const eve = await connect(one, people.token('eve'))
      const attempts: [string, object][] = [
        ['chat:join', { roomId: room.id }],
        ['chat:send', message(room.id, 'let me in')],
        ['chat:history', { roomId: room.id }],
        ['chat:read', { roomId: room.id, sequence: 1 }],
      ]
      for (const [event, payload] of attempts) {
        const answer = await eve.ask(event, payload)
        assert.equal(answer.problem?.code, 'room-not-found', event)
      }
      const typing = await eve.ask('chat:typing', { roomId: room.id, isTyping: true })
      assert.equal(typing.problem.code, 'not-in-room')
      eve.close()
    })

    it('tells who is let in, and puts out who is removed, on every instance', async () => {
      const { one, other, people } = instances()
      const [ada, ben] = [people.token('ada'), people.token('ben')]
      const { json: room } = await create(ada, { title: 'In and out', members: ['user-eve'] })
      const [owner, guest] = [await connect(one, ada), await connect(other, ben)]
      const member = `${ROOMS}/${room.id}/members/user-ben`
      assertProblem(
        await one.ask(member, { method: 'PUT', headers: bearer(people.token('eve')) }),
        403,
        'not-room-owner',
      )
      assert.equal((await one.ask(member, { method: 'PUT', headers: bearer(ada) })).status, 200)
      const added = await guest.got('chat:room-added', (payload) => payload.room.id === room.id)
      assert.deepEqual(added.room.members.toSorted(), ['user-ada', 'user-ben', 'user-eve'])
      await guest.done('chat:join', { roomId: room.id })
      await owner.done('chat:send', message(room.id, 'welcome'))
      await guest.got('chat:message', ({ text }) => text === 'welcome')

      assert.equal((await one.ask(member, { method: 'DELETE', headers: bearer(ada) })).status, 204)
      await guest.got('chat:room-removed', ({ roomId }) => roomId === room.id)
      await owner.done('chat:send', message(room.id, 'about ben'))
      await guest.done('chat:join', { roomId: 'support' })
      assert.ok(!guest.all('chat:message').some((got) => (got as { text: string }).text === 'about ben'))
      assert.equal((await guest.ask('chat:join', { roomId: room.id })).problem.code, 'room-not-found')
      owner.close()
      guest.close()
    })

    it('lets members leave, and owners only remove', async () => {
      const { one, people } = instances()
      const [ada, ben] = [people.token('ada'), people.token('ben')]
      const { json: room } = await create(ada, { title: 'Leaving', members: ['user-ben', 'user-eve'] })
      const remove = (user: string, token: string) =>
        one.ask(`${ROOMS}/${room.id}/members/${user}`, { method: 'DELETE', headers: bearer(token) })
      assertProblem(await remove('user-eve', ben), 403, 'not-room-owner')
      assert.equal((await remove('user-ben', ben)).status, 204)
      assertProblem(await remove('user-ben', ben), 404, 'room-not-found')
      const support = `${ROOMS}/support/members/user-ben`
      assertProblem(await one.ask(support, { method: 'DELETE', headers: bearer(ada) }), 403, 'not-room-owner')
    })

    it('has no members whom nobody knows, and names each of them', async () => {
      const { one, people } = instances()
      const ada = people.token('ada')
      const before = await one.ask(ROOMS, { headers: bearer(ada) })
      const members = ['nobody-1', 'user-ben', 'nobody-2']
      assertFieldRefused(
        await create(ada, { title: 'Ghosts', members }),
        'body',
        'members',
        /^has "nobody-1", "nobody-2", who are no users$/,
        /ids of users that there are/,
      )
      const after = await one.ask(ROOMS, { headers: bearer(ada) })
      assert.deepEqual(after.json, before.json, 'no room was made')

      const { json: room } = await create(ada, { title: 'Known', members: ['user-ben', 'user-ada'] })
      const put = await one.ask(`${ROOMS}/${room.id}/members/nobody-3`, {
        method: 'PUT',
        headers: bearer(ada),
      })
      assertFieldRefused(put, 'params', 'user', /^is "nobody-3", who is no user$/, /id of a user/)
      const read = await one.ask(`${ROOMS}/${room.id}`, { headers: bearer(ada) })
      assert.deepEqual(read.json.members, ['user-ada', 'user-ben'])
    })

    it('is told nothing that mentions whom nobody knows', async () => {
      const { one, people } = instances()
      const ada = await connect(one, people.token('ada'))
      const mentioning = (mentions: string[]) => ada.ask('chat:send', message('support', 'Hey', { mentions }))
      const { problem } = await mentioning(['user-ben', 'nobody-4'])
      assert.deepEqual([problem.code, ...fieldsOf({ json: problem })], ['invalid-input', 'mentions'])
      assert.match(problem.detail, /has "nobody-4", who is no user/)
      assert.equal((await mentioning(['user-ben'])).ok, true)
      ada.close()
    })

    it('refuses a room that is not right, and names the field', async () => {
      const token = instances().people.token('ada')
      const members = ['user-ben']
      assertFieldRefused(await create(token, { members }), 'body', 'title', /missing/, /1 to 80/)
      assertFieldRefused(
        await create(token, { title: 'x', members: [] }),
        'body',
        'members',
        /list/,
        /1 to 49/,
      )
      const odd = await create(token, { title: 'x', members: ['a b'] })
      assertFieldRefused(odd, 'body', 'members', /list/, /letters, digits/)
      assertFieldRefused(
        await create(token, { title: 'x', members, no: 1 }),
        'body',
        'no',
        /not known/,
        /title/,
      )
    })
  })
}
