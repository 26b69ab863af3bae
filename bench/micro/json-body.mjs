/** Reading a JSON body beside body-parser: `node bench/micro/json-body.mjs`. */
import bodyParser from 'body-parser'
import nozomi from '../../packages/nozomi/index.mjs'
import { orderOf } from '../workload/documents.mjs'
import { reading } from './body-request.mjs'
import { compare, measure } from './compare.mjs'

for (const bytes of [110, 10 * 1024]) {
  const text = orderOf(bytes)
  await compare(`${bytes} bytes`, {
    'body-parser': reading(bodyParser.json(), text, 'application/json'),
    nozomi: reading(nozomi.json(), text, 'application/json'),
    'JSON.parse alone': () => JSON.parse(text),
  })
}
await measure()
