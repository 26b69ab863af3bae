/**
 * Finding the route among 1, 100, 1,000 and 10,000 beside Express's router: the first, the last, one that is missing;
 * and 40 routers of 5 routes: `node bench/micro/routing.mjs`.
 */
import ExpressRouter from 'router'
import { Router } from '../../packages/nozomi/index.mjs'
import { compare, measure } from './compare.mjs'
import { routed } from './routed.mjs'

const ROUTERS = { router: ExpressRouter, nozomi: Router }

for (const count of [1, 100, 1000, 10_000]) {
  const routers = each((make) => flat(make, count))
  for (const [which, index] of Object.entries(
    count === 1 ? { only: 0 } : { first: 0, last: count - 1, missing: count },
  )) {
    await compare(`${which} of ${count}`, routedEach(routers, `/resource${index}/7`))
  }
}
const nested = each(inRouters)
for (const [which, index] of Object.entries({ first: 0, last: 39 })) {
  await compare(`40 routers of 5 routes, ${which}`, routedEach(nested, `/resource${index}/7`))
}
await measure()

function each(build) {
  return Object.fromEntries(Object.entries(ROUTERS).map(([name, make]) => [name, build(make)]))
}

function routedEach(routers, path) {
  return Object.fromEntries(Object.entries(routers).map(([name, router]) => [name, routed(router, path)]))
}

function flat(make, count) {
  const router = make()
  for (let index = 0; index < count; index++) {
    router.get(`/resource${index}/:id`, (req) => req.found([index, req.params.id]))
  }
  return router
}

function inRouters(make) {
  const outer = make()
  for (let index = 0; index < 40; index++) {
    const router = make()
    for (const method of ['get', 'post']) router[method]('/', (req) => req.found([index, 'list']))
    for (const method of ['get', 'put', 'delete']) {
      router[method]('/:id', (req) => req.found([index, req.params.id]))
    }
    outer.use(`/resource${index}`, router)
  }
  return outer
}
