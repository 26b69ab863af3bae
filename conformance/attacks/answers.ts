import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { fieldOf } from '../harness/answer.js'
import { get, pipeline, send } from '../harness/exchange.js'
import { type Attack, outcome, type Strike } from './attack.js'

function mustSurvive(target: string, method: 'GET' | 'HEAD' = 'GET'): Strike {
  return {
    title: `${method} ${target}`,
    async run(victim) {
      const { status } = await victim.ask(send({ method, target })).catch(() => ({ status: 0 }))
      const isAlive = await victim.isAlive()
      return outcome(
        isAlive && status >= 400,
        `answered ${status}, ${isAlive ? 'lives' : 'the process died'}`,
      )
    },
  }
}

/** Errors carry fields that a client had a part in: the name of what it asked for, a realm, an address. */
export const errorFields: Attack = {
  id: 'error-fields',
  title: 'an error whose headers hold a bad character ends the process',
  difference: 'error-field-refused',
  isLasting: true,
  build(express) {
    const app = express()
    app.get('/alive', (_req, res) => void res.send('alive'))
    app.get('/value', (req) => {
      throw Object.assign(new Error('no'), {
        status: 401,
        headers: { 'X-Asked-For': String(req.query['x']) },
      })
    })
    app.get('/name', (req) => {
      throw Object.assign(new Error('no'), { status: 400, headers: { [`X ${String(req.query['x'])}`]: '1' } })
    })
    app.get('/async', async () => {
      throw Object.assign(new Error('no'), { statusCode: 503, headers: { 'Retry-After': ['1\r\nX: 2'] } })
    })
    return app
  },
  strikes: ['/value?x=a%0d%0aX-Evil:%201', '/value?x=%E4%BD%A0', '/name?x=y', '/async'].map((target) =>
    mustSurvive(target),
  ),
}

/** HEAD runs the handler of GET; a field `Trailer` goes with an answer in chunks only, which one without a body is not. */
export const trailers: Attack = {
  id: 'trailers',
  title: 'a HEAD of what announces trailers ends the process',
  difference: 'error-page-without-trailers',
  isLasting: true,
  build: (express) => {
    const app = express()
    app.get('/', (_req, res) => {
      res.set('Trailer', 'X-Sum').write('part')
      res.addTrailers({ 'X-Sum': '1' })
      res.end()
    })
    return app
  },
  strikes: [mustSurvive('/', 'HEAD')],
}

export const links: Attack = {
  id: 'links',
  title: 'a value closes its link and adds another one',
  difference: 'link-escaped',
  build(express) {
    const app = express()
    app.get('/', (req, res) => void res.links({ next: `/items?after=${String(req.query['after'])}` }).end())
    return app
  },
  strikes: [
    {
      title: 'a second link, to another host',
      async run(victim) {
        const value = encodeURIComponent('1>; rel="next", <http://evil.example/x.js>; rel="preload"; x="')
        const link = fieldOf(await victim.ask(get(`/?after=${value}`)), 'Link') ?? ''
        return outcome(!/<http:\/\/evil\.example/.test(link), link)
      },
    },
  ],
}

const forged = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged'

export const contentLength: Attack = {
  id: 'content-length',
  title: 'a body that does not fit its Content-Length reaches the next request, or leaves the client waiting',
  difference: 'content-length-kept',
  build(express) {
    const app = express()
    app.get('/long', (_req, res) => void res.set('Content-Length', '5').end(`hello${forged}`))
    app.get('/written', (_req, res) => {
      res.set('Content-Length', '5').write('hello')
      res.end(forged)
    })
    app.get('/short', (_req, res) => void res.set('Content-Length', '50').end('hello'))
    app.get('/next', (_req, res) => void res.send('the real answer'))
    return app
  },
  strikes: [
    ...['/long', '/written'].map((target) => ({
      title: `${target}: the rest of the body is read as the answer to the next request`,
      async run(victim: Parameters<Strike['run']>[0]) {
        const { answers } = await victim.talk(pipeline({ target }, { target: '/next' }))
        const bodies = answers.map(({ body }) => body.toString())
        return outcome(bodies.length > 0 && !bodies.includes('forged'), JSON.stringify(bodies))
      },
    })),
    {
      title: '/short: the client waits for the rest',
      async run(victim) {
        // Express says nothing more until its idle connections time out.
        const { answers, ending } = await victim.talk(get('/short'), 2500)
        return outcome(ending === 'closed', `${answers[0]?.body.toString()}, ${ending}`)
      },
    },
  ],
}

/** Node 20 and 22 write the fields of a 103 unchecked; a bare response of node's tells. */
function doesNodeCheckHints(): boolean {
  try {
    const hints = { link: '</a>; rel=preload', 'x-trace': 'a\r\nb' }
    new ServerResponse(new IncomingMessage(new Socket())).writeEarlyHints(hints)
    return false
  } catch {
    return true
  }
}

/** Values that come from a client or a database, put into 103 fields. */
export const earlyHints: Attack = {
  id: 'early-hints',
  title: 'a value in 103 Early Hints writes an answer of its own',
  difference: 'early-hints-checked',
  build(express) {
    const app = express()
    app.get('/', (req, res) => {
      res.writeEarlyHints({ link: '</a.css>; rel=preload', 'x-trace': String(req.query['id']) })
      res.send('the real answer')
    })
    return app
  },
  strikes: [
    {
      title: 'an answer in a value',
      nodeProtects: doesNodeCheckHints,
      async run(victim) {
        const { answers, surplus } = await victim.talk(
          get(`/?id=${encodeURIComponent(`1\r\n\r\n${forged}`)}`),
        )
        const seen = answers.map(({ status, body }) => `${status} ${body.toString().slice(0, 60)}`)
        return outcome(!seen.includes('200 forged') && surplus.length === 0, JSON.stringify(seen))
      },
    },
  ],
}
