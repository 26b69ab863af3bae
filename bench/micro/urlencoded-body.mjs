/** Reading an urlencoded body beside body-parser: `node bench/micro/urlencoded-body.mjs`. */
import bodyParser from 'body-parser'
import nozomi from '../../packages/nozomi/index.mjs'
import { FORM_TEXT } from '../workload/form.mjs'
import { reading } from './body-request.mjs'
import { compare, measure } from './compare.mjs'

const TYPE = 'application/x-www-form-urlencoded'
const FLAT = 'name=Ada+Lovelace&email=ada%40example.com&city=London'

for (const [title, extended, text] of [
  ['simple, three fields', false, FLAT],
  ['extended, three fields', true, FLAT],
  ['extended, eleven fields, nested', true, FORM_TEXT],
]) {
  await compare(title, {
    'body-parser': reading(bodyParser.urlencoded({ extended }), text, TYPE),
    nozomi: reading(nozomi.urlencoded({ extended }), text, TYPE),
  })
}
await measure()
