/** Matching one route of each kind of pattern beside Express's router: `node bench/micro/patterns.mjs`. */
import ExpressRouter from 'router'
import { Router } from '../../packages/nozomi/index.mjs'
import { compare, measure } from './compare.mjs'
import { routed } from './routed.mjs'

const PATTERNS = {
  'a static path': ['/about/us', '/about/us'],
  'a parameter': ['/users/:id', '/users/42'],
  'a coded parameter': ['/users/:id', '/users/ada%20lovelace'],
  'three parameters': [
    '/accounts/:account/projects/:project/tasks/:task',
    '/accounts/12/projects/34/tasks/56',
  ],
  'a parameter with a suffix': ['/files/:name.json', '/files/report.json'],
  'a wildcard': ['/static/*path', '/static/css/themes/dark.css'],
  'an optional part': ['/files/:name{.:ext}', '/files/report.pdf'],
  'a regular expression': [/^\/v(\d+)\/users\/(\w+)$/, '/v2/users/ada'],
}

for (const [title, [pattern, path]] of Object.entries(PATTERNS)) {
  await compare(`${title}, ${pattern}`, {
    router: routed(withRoute(ExpressRouter, pattern), path),
    nozomi: routed(withRoute(Router, pattern), path),
  })
}
await measure()

function withRoute(make, pattern) {
  const router = make()
  router.get(pattern, (req) => req.found({ ...req.params }))
  return router
}
