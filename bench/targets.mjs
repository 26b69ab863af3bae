/**
 * What Nozomi must reach, as ratios of one run.
 *
 * `atMost` bounds Nozomi divided by the other, `better` the other divided by Nozomi; by `metric` where it is not CPU a
 * request. The other is another contestant of the scenario, or Nozomi itself in another scenario (`against:
 * { scenario }`). `of` names another subject than Nozomi on node:http. `on` lists the major versions of node that the goal is
 * for.
 */
const NEW = [24, 26]
const OLD = [20]
const ALL = [...OLD, ...NEW]

const hello = [
  { against: 'node-http', atMost: 1.2, on: NEW },
  { against: 'fastify', atMost: 1.0, on: NEW },
  { against: 'fastify-schema', atMost: 1.0, on: NEW },
  { against: 'express', better: 2.3, on: NEW },
  { against: 'express', better: 5, on: OLD },
]

const jsonPost = [
  { against: 'fastify', atMost: 0.75, on: NEW },
  { against: 'fastify-schema', atMost: 0.75, on: NEW },
  { against: 'express', better: 2.5, on: NEW },
  { against: 'express', better: 5, on: OLD },
]

/** Only against Express: so many times better on the newer versions, so many times on the oldest. */
const betterThanExpress = (onNew, onOld) => [
  { against: 'express', better: onNew, on: NEW },
  { against: 'express', better: onOld, on: OLD },
]

/** Of Nozomi on turbo: at most so many times the other, on the newer versions and on the oldest. */
const turboAtMost = (against, onNew, onOld) => [
  { of: 'nozomi-turbo', against, atMost: onNew, on: NEW },
  { of: 'nozomi-turbo', against, atMost: onOld, on: OLD },
]

const turboBetter = (against, onNew, onOld) => [
  { of: 'nozomi-turbo', against, better: onNew, on: NEW },
  { of: 'nozomi-turbo', against, better: onOld, on: OLD },
]

export const TARGETS = [
  {
    scenario: 'hello-json',
    goals: [
      ...hello,
      ...turboAtMost('node-http', 0.6, 0.65),
      ...turboAtMost('node-net', 1.5, 1.7),
      ...turboBetter('express', 4.5, 9),
      ...turboBetter('fastify', 2, 1.7),
    ],
  },
  { scenario: 'hello-pipelined', goals: turboBetter('node-http', 3, 3) },
  { scenario: 'hello-create-server', goals: hello },
  {
    scenario: 'api-get',
    goals: [
      { against: 'fastify', atMost: 0.9, on: NEW },
      { against: 'fastify-schema', atMost: 0.9, on: NEW },
      ...betterThanExpress(2.5, 6),
      ...turboBetter('express', 3.5, 8),
      ...turboBetter('fastify', 1.7, 1.7),
    ],
  },
  {
    scenario: 'routes-1000-last',
    goals: [
      { against: { scenario: 'routes-1000-first' }, atMost: 1.1, on: ALL },
      ...betterThanExpress(7, 9),
      ...turboBetter('express', 12, 14),
    ],
  },
  {
    scenario: 'routes-10000-last',
    goals: [{ against: { scenario: 'routes-10000-first' }, atMost: 1.1, on: ALL }],
  },
  { scenario: 'middleware-90', goals: betterThanExpress(2.5, 5) },
  {
    scenario: 'json-post-110',
    goals: [...jsonPost, ...turboBetter('express', 4, 7), ...turboBetter('fastify', 2, 2)],
  },
  { scenario: 'api-post', goals: jsonPost },
  { scenario: 'form-post', goals: betterThanExpress(2.5, 4) },
  { scenario: 'static-10k', goals: [...betterThanExpress(3, 4), ...turboBetter('express', 4, 5)] },
  { scenario: 'production', goals: betterThanExpress(1.5, 2.5) },
  {
    scenario: 'idle-connections',
    goals: [
      { against: 'node-http', metric: 'resident', atMost: 1.0, on: ALL },
      { against: 'node-http', metric: 'heap', atMost: 1.0, on: ALL },
      { of: 'nozomi-turbo', against: 'node-http', metric: 'resident', atMost: 0.6, on: ALL },
      { of: 'nozomi-turbo', against: 'node-http', metric: 'heap', atMost: 0.6, on: ALL },
    ],
  },
]
