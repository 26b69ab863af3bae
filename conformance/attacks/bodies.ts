import { converse, get, more, post, postJson, sending } from '../harness/exchange.js'
import { type Attack, outcome, type Victim } from './attack.js'

/** The CPU time of 25 KB in a linear parser is a few milliseconds; the attack costs more than a second. */
const affordableMicros = 400_000

const ampersands = 25_000

async function costOf(victim: Victim, act: () => Promise<unknown>): Promise<number> {
  const before = await victim.cpuMicros()
  await act()
  return (await victim.cpuMicros()) - before
}

function costs(title: string, act: (victim: Victim) => Promise<unknown>) {
  return {
    title,
    async run(victim: Victim) {
      await victim.ask(get('/'))
      const micros = await costOf(victim, () => act(victim))
      return outcome(micros < affordableMicros, `${Math.round(micros / 1000)} ms of CPU`)
    },
  }
}

export const formOfAmpersands: Attack = {
  id: 'form-of-ampersands',
  title: 'a small form keeps the process busy',
  difference: 'query-linear-time',
  build(express) {
    const app = express()
    app.use(express.urlencoded({ extended: true, parameterLimit: 1_000_000 }))
    app.use((req, res) => void res.send(String(Object.keys(req.body ?? {}).length)))
    return app
  },
  strikes: [
    costs('25 KB of &', (victim) =>
      victim.ask(post('/', 'application/x-www-form-urlencoded', '&'.repeat(ampersands))),
    ),
    costs('one key, repeated', (victim) =>
      victim.ask(post('/', 'application/x-www-form-urlencoded', 'a&'.repeat(ampersands))),
    ),
  ],
}

/** As many hand-written merges and a few known libraries do it. */
function merge(target: Record<string, unknown>, source: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(source)) {
    const existing = target[key]
    const isMergeable = typeof existing === 'function' || (typeof existing === 'object' && existing !== null)
    if (isMergeable && typeof value === 'object' && value !== null) {
      merge(existing as Record<string, unknown>, value as Record<string, unknown>)
    } else target[key] = value
  }
}

export const prototypePollution: Attack = {
  id: 'prototype-pollution',
  title: 'a JSON body makes everybody an administrator',
  difference: 'json-prototype-keys',
  isLasting: true,
  build(express) {
    const app = express()
    app.use(express.json())
    app.post('/settings', (req, res) => {
      merge({ theme: 'light' }, req.body)
      res.send('saved')
    })
    app.get('/who', (_req, res) => {
      const user: { isAdmin?: boolean; isRoot?: boolean } = {}
      res.json([user.isAdmin ?? false, user.isRoot ?? false])
    })
    return app
  },
  strikes: ['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isRoot":true}}}'].map(
    (body) => ({
      title: body,
      async run(victim) {
        await victim.ask(postJson('/settings', body))
        const who = (await victim.ask(get('/who'))).body.toString()
        return outcome(who === '[false,false]', who)
      },
    }),
  ),
}

const oversized = {
  method: 'POST',
  fields: { 'Content-Type': 'application/json', 'Content-Length': '50000000' },
} as const

/** How long is waited for an answer that stock Express does not give. */
const patienceMs = 2500

/** A chunk of 2,000 bytes, and no last one. */
const endless = `7d0\r\n${'x'.repeat(2000)}\r\n`

export const early413: Attack = {
  id: 'early-413',
  title: 'a body over the limit is asked for, and read to its end, before it is refused',
  difference: 'body-limit-early',
  build(express) {
    const app = express()
    app.get('/', (_req, res) => void res.send('ready'))
    app.use(express.json({ limit: '1kb' }))
    return app
  },
  strikes: [
    {
      title: '50 MB are announced, a few bytes sent: the answer waits for the rest',
      async run(victim) {
        const { answers } = await victim.talk(
          converse('announced', [sending(oversized), more('{"a":"'), { kind: 'answer' }]),
          patienceMs,
        )
        return outcome(answers[0]?.status === 413, `answered ${answers[0]?.status ?? 'nothing'}`)
      },
    },
    {
      title: 'a chunk over the limit, and no end: the answer waits for it',
      async run(victim) {
        const fields = { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }
        const { answers } = await victim.talk(
          converse('endless', [sending({ method: 'POST', fields }), more(endless), { kind: 'answer' }]),
          patienceMs,
        )
        return outcome(answers[0]?.status === 413, `answered ${answers[0]?.status ?? 'nothing'}`)
      },
    },
    {
      title: '50 MB are announced with Expect: 100-continue: they are asked for',
      async run(victim) {
        const fields = { ...oversized.fields, Expect: '100-continue' }
        const { answers } = await victim.talk(
          converse('expecting', [sending({ ...oversized, fields }), { kind: 'interim' }]),
        )
        return outcome(answers[0]?.status === 413, `answered ${answers[0]?.status ?? 'nothing'}`)
      },
    },
  ],
}

export const unreadBody: Attack = {
  id: 'unread-body',
  title: 'the page of the final handler waits for a body that never ends',
  difference: 'final-body-early',
  build: (express) => express(),
  strikes: [
    { title: '50 MB are announced, a few bytes sent', request: oversized, begin: '{"a":"' },
    {
      title: 'chunks, and no last one',
      request: { method: 'POST', fields: { 'Transfer-Encoding': 'chunked' } },
      begin: endless,
    },
  ].map(({ title, request, begin }) => ({
    title,
    async run(victim) {
      const { answers } = await victim.talk(
        converse(title, [sending(request), more(begin), { kind: 'answer' }]),
        patienceMs,
      )
      return outcome(answers[0]?.status === 404, `answered ${answers[0]?.status ?? 'nothing'}`)
    },
  })),
}

/** What a parser's `verify` throws is not always an error. */
export const thrownNothing: Attack = {
  id: 'thrown-nothing',
  title: 'a body that `verify` refuses by throwing null leaves the client waiting',
  difference: 'verify-refusal',
  build(express) {
    const app = express()
    app.set('env', 'test')
    const verify = () => {
      // oxlint-disable-next-line no-throw-literal -- that is what the attack is about
      throw null
    }
    app.use(express.json({ verify }))
    app.use((_req, res) => void res.send('accepted'))
    return app
  },
  strikes: [
    {
      title: 'a body of JSON',
      async run(victim) {
        const { answers } = await victim.talk(postJson('/', '{}'), 1500)
        return outcome(
          answers[0]?.status === 403,
          `${answers.length} answers, the first ${answers[0]?.status}`,
        )
      },
    },
  ],
}
