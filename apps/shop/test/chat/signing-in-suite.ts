import assert from 'node:assert/strict'
import { it } from 'node:test'
import { memoryStorage } from '../support/storages.js'
import { type Framework, testShop } from '../support/test-shop.js'
import { ChatClient, connect, message } from './chat-client.js'
import { QUICK_LIMITS } from './instances.js'

const STAFF = { email: 'staff@shop.example', password: 'shop-staff-demo' }

/** With the shop's own users, tokens and sessions. */
export function describeSigningIn(framework: Framework): void {
  it(`on ${framework}, a token or a session opens a socket, and signing out everywhere ends both`, async () => {
    const shop = await testShop({
      framework,
      storage: memoryStorage(),
      authenticator: 'real',
      replaced: { chatLimits: QUICK_LIMITS },
    })
    const login = await shop.ask('/api/v1/auth/login', { method: 'POST', json: STAFF })
    const session = await shop.ask('/api/v1/auth/session', { method: 'POST', json: STAFF })
    const token = login.json.access_token as string
    const cookie = (session.headers.get('set-cookie') ?? '')
      .split(/,(?=\s*[\w.-]+=)/)
      .map((field) => field.split(';')[0]?.trim())
      .join('; ')
    const byToken = await connect(shop, token, { reconnection: false })
    const bySession = new ChatClient(shop, { extraHeaders: { Cookie: cookie }, reconnection: false })
    await bySession.got('connect')
    await byToken.done('chat:join', { roomId: 'support' })
    await bySession.done('chat:send', message('support', 'by a cookie'))
    const { author } = await byToken.got('chat:message')

    const headers = { Authorization: `Bearer ${token}` }
    const out = await shop.ask('/api/v1/auth/logout-everywhere', { method: 'POST', headers })
    assert.ok(out.status < 300, out.text)
    for (const client of [byToken, bySession]) {
      await client.got('session:expired')
      assert.equal(await client.got('disconnect'), 'io server disconnect')
    }
    assert.ok(author.id.length > 0)
    await shop.stop()
  })
}
