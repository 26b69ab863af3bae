import { catalogue } from '../workload/catalogue.mjs'
import { json } from './expected.mjs'

export default [
  {
    name: 'large-json',
    title: 'JSON answer of 100 KB',
    note: 'Express and Nozomi hash it for the entity tag; the others send none.',
    application: 'largeJson',
    requests: [{ method: 'GET', path: '/', expect: json(catalogue) }],
    absent: { 'node-net': 'it reads no request' },
  },
]
