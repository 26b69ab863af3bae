import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertFieldRefused } from '../../catalogue/products.js'
import { connect, message } from '../chat-client.js'
import type { Instances } from '../instances.js'
import { bearer } from '../people.js'

export function describeHistory(instances: () => Instances): void {
  describe('history', () => {
    it('is paged by cursors, the newest first, the same over HTTP and over the socket', async () => {
      const { one, other, people } = instances()
      const token = people.token('ada')
      const made = await one.ask('/api/v1/chat/rooms', {
        method: 'POST',
        headers: bearer(token),
        json: { title: 'Long', members: ['user-ben'] },
      })
      const { id: roomId } = made.json
      const client = await connect(other, token)
      const texts = Array.from({ length: 7 }, (_, index) => `line ${index + 1}`)
      for (const text of texts) await client.done('chat:send', message(roomId, text))

      const path = `/api/v1/chat/rooms/${roomId}/messages?limit=3`
      const found: string[] = []
      let cursor: string | null = null
      do {
        const sent: string = cursor === null ? path : `${path}&cursor=${cursor}`
        const { json } = await one.ask(sent, { headers: bearer(token) })
        const payload = { roomId, limit: 3, ...(cursor !== null && { cursor }) }
        const { items, nextCursor } = await client.done('chat:history', payload)
        assert.deepEqual({ items, nextCursor }, json)
        found.push(...json.items.map((item: { text: string }) => item.text))
        // What comes meanwhile does not move the pages.
        await client.done('chat:send', message(roomId, 'meanwhile'))
        cursor = json.nextCursor
      } while (cursor !== null)
      assert.deepEqual(found, texts.toReversed())
      client.close()
    })

    it('refuses a cursor and a limit that are not right, and names them', async () => {
      const { one, people } = instances()
      const headers = bearer(people.token('ada'))
      const path = '/api/v1/chat/rooms/support/messages'
      const odd = await one.ask(`${path}?cursor=xyz`, { headers })
      assertFieldRefused(odd, 'query', 'cursor', /"xyz"/, /nextCursor/)
      const many = await one.ask(`${path}?limit=101`, { headers })
      assertFieldRefused(many, 'query', 'limit', /^is 101$/, /1 to 100/)
    })
  })
}
