import { join } from 'node:path'
import { get } from '../../harness/exchange.js'
import { fixtures } from '../../harness/fixtures.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('static/paths')

function serving({ express }: Stage, options: object = {}) {
  const app = express()
  app.use(express.static(join(fixtures, 'public'), options))
  app.use((_req, res) => void res.status(404).send('went on'))
  app.use(answerError)
  return app
}

scenario('names that must be encoded', (stage) => serving(stage), [
  get('/with%20space.txt'),
  get('/%C3%BCn%C3%AF.txt'),
  get('/$100%25.txt'),
  get('/with+space.txt'),
])

scenario('traversal out of the root', (stage) => serving(stage), [
  get('/../outside.txt'),
  get('/%2e%2e/outside.txt'),
  get('/%2e%2e%2foutside.txt'),
  get('/docs/../../outside.txt'),
  get('/docs/%2e%2e/%2e%2e/outside.txt'),
  get('/..%5coutside.txt'),
  get('/..\\outside.txt'),
  get('/....//outside.txt'),
])

scenario('traversal without fallthrough', (stage) => serving(stage, { fallthrough: false }), [
  get('/../outside.txt'),
  get('/%2e%2e%2foutside.txt'),
])

scenario('null bytes and bad percent-encoding', (stage) => serving(stage), [
  get('/hello.txt%00'),
  get('/%00'),
  get('/hello%00.txt'),
  get('/%'),
  get('/%zz'),
  get('/%E0%A4%A'),
  get('/hello.txt%'),
])

scenario('files asked for as folders', (stage) => serving(stage), [
  get('/hello.txt/'),
  get('/hello.txt/x'),
  get('/docs/index.html/'),
])

scenario('names that are too long', (stage) => serving(stage), [
  get(`/${'n'.repeat(300)}`),
  get(`/${'n/'.repeat(2000)}`),
])

scenario('redirects of folders keep the query and escape what they show', (stage) => serving(stage), [
  get('/docs?<script>'),
  get('/docs?a=%22'),
  get("/docs?'x'"),
  get('/docs?'),
])

scenario(
  'targets with an origin',
  (stage) => serving(stage),
  [get('http://example.test/hello.txt'), get('http://evil.example/docs?x=1'), get('http://example.test')],
  {
    differs: {
      id: 'static-redirect-path',
      express: {
        sheets: ['same', { status: 301, fields: { Location: 'http://evil.example/docs/?x=1' } }, 'same'],
      },
      subject: { sheets: ['same', { status: 301, fields: { Location: '/docs/?x=1' } }, 'same'] },
    },
  },
)
