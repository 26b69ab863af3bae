import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Response } from 'express'
import { get } from '../harness/exchange.js'
import { fixtures } from '../harness/fixtures.js'
import { type Attack, outcome, type Victim } from './attack.js'

const root = join(fixtures, 'public')

/** How long is waited for an answer that stock Express does not give. */
const patienceMs = 2500

export const setHeaders: Attack = {
  id: 'set-headers',
  title: 'a target that setHeaders can not put into a field ends the process',
  difference: 'static-set-headers-error',
  isLasting: true,
  build(express) {
    const app = express()
    app.get('/alive', (_req, res) => void res.send('alive'))
    const setHeaders = (res: Response) => void res.setHeader('X-Asked-For', decodeURIComponent(res.req.url))
    app.use(express.static(root, { setHeaders }))
    return app
  },
  strikes: [
    {
      title: 'GET /hello.txt?%0a',
      async run(victim) {
        const { status } = await victim.ask(get('/hello.txt?%0a')).catch(() => ({ status: 0 }))
        const isAlive = await victim.isAlive()
        return outcome(isAlive && status === 500, `answered ${status}, ${isAlive ? 'lives' : 'died'}`)
      },
    },
  ],
}

/** A folder of the victim's own, gone when the victim ends. */
function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'victim-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Where uploads are unpacked, or a folder is shared, pipes can get among the files. */
export const pipes: Attack = {
  id: 'pipes',
  title: 'requests for a pipe take all threads that read files',
  difference: 'files-regular-only',
  build(express) {
    const folder = ownFolder()
    execFileSync('mkfifo', [join(folder, 'pipe')])
    writeFileSync(join(folder, 'hello.txt'), 'hello')
    return express().use(express.static(folder))
  },
  strikes: [
    {
      title: 'eight requests for the pipe, then one for a file',
      async run(victim) {
        const pipe = () => victim.talk(get('/pipe'), patienceMs)
        const asked = Promise.all(Array.from({ length: 8 }, pipe))
        // The requests are on their way before the last one is.
        await new Promise((resolve) => setTimeout(resolve, 200))
        const { answers } = await victim.talk(get('/hello.txt'), patienceMs)
        const statuses = (await asked).map((transcript) => transcript.answers[0]?.status ?? 'nothing')
        const seen = answers[0]?.body.toString() ?? 'nothing'
        return outcome(
          seen === 'hello' && statuses.every((status) => status === 404),
          `the file: ${seen}; the pipe: ${statuses.join(', ')}`,
        )
      },
    },
  ],
}

const sizes = { small: 1000, large: 200_000 }

/** What becomes of the client of a file that is cut to half while it is sent, as log rotation does it. */
function shrinkage(name: keyof typeof sizes, verdict: RegExp) {
  return {
    title: `${sizes[name]} bytes`,
    async run(victim: Victim) {
      const { answers, ending } = await victim.talk(get(`/${name}`), patienceMs)
      const [answer] = answers
      const seen = `${answer?.status}, ${answer?.complete ? 'whole' : 'broken off'}, ${ending}`
      return outcome(verdict.test(seen), seen)
    },
  }
}

export const shrinkingFile: Attack = {
  id: 'shrinking-file',
  title: 'a file that becomes shorter while it is sent leaves the client waiting',
  difference: 'file-shrunk',
  build(express) {
    const folder = ownFolder()
    const app = express()
    app.get('/:name', (req, res) => {
      const size = sizes[req.params.name as keyof typeof sizes]
      const path = join(folder, req.params.name)
      writeFileSync(path, 'x'.repeat(size))
      const setHeader = res.setHeader.bind(res)
      res.setHeader = (field, value) => {
        if (field === 'Content-Length') truncateSync(path, size / 2)
        return setHeader(field, value)
      }
      res.sendFile(path)
    })
    return app
  },
  strikes: [shrinkage('small', /^500, whole, closed$/), shrinkage('large', /^200, broken off, closed$/)],
}
