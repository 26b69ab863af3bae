import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

async function hostsSeen(t: Parameters<typeof listen>[0], headers: Record<string, string>, settings: object) {
  const app = nozomi()
  for (const [name, value] of Object.entries(settings)) app.set(name, value)
  app.get('/', (req, res) => void res.json([req.host ?? null, req.hostname ?? null, req.subdomains]))
  const client = await listen(t, app)
  return JSON.parse((await client.get('/', { headers })).body) as unknown
}

describe('req.host and req.hostname', () => {
  for (const host of [
    'evil.com:fake@good.com',
    'good.com:80:80',
    'a b',
    'user@good.com',
    'good.com/path',
    'good.com:80x',
    '[::1',
    'a\\b',
    '[::1]x',
    'good.com?x',
    'good.com#x',
    '"good.com"',
    '<script>',
    'a%zz',
  ]) {
    it(`are undefined for ${host}, which is no host`, async (t) => {
      assert.deepEqual(await hostsSeen(t, { host }, {}), [null, null, []])
    })

    it(`are undefined for ${host} from a trusted proxy`, async (t) => {
      const headers = { host: 'good.com', 'x-forwarded-host': host }
      assert.deepEqual(await hostsSeen(t, headers, { 'trust proxy': true }), [null, null, []])
    })
  }

  for (const [host, hostname] of [
    ['good.com', 'good.com'],
    ['good.com:8080', 'good.com'],
    ['[::1]:3000', '[::1]'],
    ['[2001:db8::1]', '[2001:db8::1]'],
    ['127.0.0.1:80', '127.0.0.1'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['under_score.local', 'under_score.local'],
    ['good.com:', 'good.com'],
  ] as const) {
    it(`are ${host} and ${hostname}`, async (t) => {
      const [seenHost, seenName] = (await hostsSeen(t, { host }, {})) as string[]
      assert.deepEqual([seenHost, seenName], [host, hostname])
    })
  }

  it('are what the field holds, as in Express, with "validate host" disabled', async (t) => {
    const headers = { host: 'evil.com:fake@good.com' }
    const [host, hostname] = (await hostsSeen(t, headers, { 'validate host': false })) as string[]
    assert.deepEqual([host, hostname], ['evil.com:fake@good.com', 'evil.com'])
  })
})
