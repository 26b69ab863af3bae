/** The extended query parser, in one pass where it can and in two, beside qs: `node bench/micro/extended-query.mjs`. */
import qs from 'qs'
import { parseExtendedQuery } from '../../packages/nozomi/dist/http/extended-query.js'
import { RecentNames } from '../../packages/nozomi/dist/http/recent-names.js'
import { FORM_TEXT } from '../workload/form.mjs'
import { compare, measure } from './compare.mjs'

const QUERIES = {
  'three flat keys': 'page=2&sort=name&search=blue+lamp',
  'a nested filter': 'filter[price][min]=10&filter[price][max]=99&tags[]=a&tags[]=b&sort=-date',
  'a nested form': FORM_TEXT,
  'a nested form out of order': FORM_TEXT.split('&').toReversed().join('&'),
  'one hundred keys': Array.from({ length: 100 }, (_, i) => `key${i}=value%20${i}`).join('&'),
  'one key 900 times': 'a=1&'.repeat(900).slice(0, -1),
}

const options = { arrayLimit: 1000 }
const names = new RecentNames()
for (const [title, query] of Object.entries(QUERIES)) {
  await compare(title, {
    qs: () => qs.parse(query, options),
    nozomi: () => parseExtendedQuery(query, options, names),
    'nozomi, in two passes': () => parseExtendedQuery(query, options),
  })
}
await measure()
