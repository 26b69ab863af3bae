import { join } from 'node:path'
import { get, head } from '../../harness/exchange.js'
import { fixtures, lastModified } from '../../harness/fixtures.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('static/requests')

function serving({ express }: Stage) {
  const app = express()
  app.use(express.static(join(fixtures, 'public')))
  app.use(answerError)
  return app
}

/** The entity tag of digits.txt: its size and time of modification, in hexadecimal. */
const tag = `W/"a-${Date.parse(lastModified).toString(16)}"`
const later = 'Fri, 01 Mar 2024 12:00:00 GMT'
const earlier = 'Wed, 28 Feb 2024 12:00:00 GMT'

function conditional(fields: Record<string, string>[]) {
  return fields.map((given) => get('/digits.txt', given))
}

scenario('If-None-Match', serving, [
  ...conditional([
    { 'If-None-Match': tag },
    { 'If-None-Match': tag.slice(2) },
    { 'If-None-Match': `"a", ${tag}` },
    { 'If-None-Match': '*' },
    { 'If-None-Match': '"other"' },
    { 'If-None-Match': tag, 'Cache-Control': 'no-cache' },
  ]),
  head('/digits.txt', { 'If-None-Match': tag }),
])

scenario(
  'If-Modified-Since',
  serving,
  conditional([lastModified, later, earlier, 'nonsense', ''].map((date) => ({ 'If-Modified-Since': date }))),
)

scenario(
  'If-Match',
  serving,
  conditional(
    [tag, tag.slice(2), '*', '"x", "y"', `"x", ${tag}`, ''].map((value) => ({ 'If-Match': value })),
  ),
)

scenario(
  'If-Unmodified-Since',
  serving,
  conditional([lastModified, later, earlier, 'nonsense'].map((date) => ({ 'If-Unmodified-Since': date }))),
)

scenario(
  'several conditions at once',
  serving,
  conditional([
    { 'If-Match': tag, 'If-None-Match': tag },
    { 'If-None-Match': '"x"', 'If-Modified-Since': later },
    { 'If-None-Match': tag, 'If-Modified-Since': earlier },
    { 'If-Match': '"x"', 'If-Unmodified-Since': later },
  ]),
)

scenario(
  'one range',
  serving,
  conditional(
    ['0-4', '2-', '-3', '9-9', '0-0', '5-100', '0-9', '-100', '0-99999999999999999999'].map((range) => ({
      Range: `bytes=${range}`,
    })),
  ),
)

scenario(
  'ranges that cannot be satisfied',
  serving,
  conditional(
    ['10-', '10-20', '-0', '5-2', '99999999999999999999-'].map((range) => ({ Range: `bytes=${range}` })),
  ),
)

scenario(
  'ranges that are none, and several',
  serving,
  conditional([
    { Range: 'bytes=asdf' },
    { Range: 'bytes=' },
    { Range: 'bytes=0-1,3-4' },
    { Range: 'bytes=0-1,2-4' },
    { Range: 'bytes=0-3,2-5' },
    { Range: 'bytes=0-1,20-30' },
    { Range: 'items=0-5' },
    { Range: 'bytes 0-1' },
    { Range: ' bytes=0-1' },
    { Range: 'BYTES=0-1' },
    { Range: `bytes=${'0-1,'.repeat(200)}5-6` },
  ]),
)

scenario('ranges of an empty file, and with HEAD', serving, [
  get('/empty.txt', { Range: 'bytes=0-' }),
  get('/empty.txt', { Range: 'bytes=-1' }),
  head('/digits.txt', { Range: 'bytes=0-3' }),
  head('/digits.txt', { Range: 'bytes=20-' }),
])

scenario('a range in the middle of a large file', serving, [
  get('/large.txt', { Range: 'bytes=100000-100009' }),
  get('/large.txt', { Range: 'bytes=199990-' }),
  get('/large.txt', { Range: 'bytes=1000-150999' }),
])

scenario(
  'If-Range',
  serving,
  conditional([
    { Range: 'bytes=0-3', 'If-Range': tag },
    { Range: 'bytes=0-3', 'If-Range': '"other"' },
    { Range: 'bytes=0-3', 'If-Range': lastModified },
    { Range: 'bytes=0-3', 'If-Range': later },
    { Range: 'bytes=0-3', 'If-Range': earlier },
    { Range: 'bytes=0-3', 'If-Range': 'nonsense' },
    { Range: 'bytes=20-', 'If-Range': '"other"' },
  ]),
)
