/**
 * What Nozomi must reach, as ratios of one run.
 *
 * `atMost` bounds Nozomi divided by the other, `better` the other divided by Nozomi; by `metric` where it is not CPU a
 * request. The other is another contestant of the scenario, or Nozomi itself in another scenario (`against:
 * { scenario }`). `on` lists the major versions of node that the goal is for.
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

export const TARGETS = [
  { scenario: 'hello-json', goals: hello },
  { scenario: 'hello-create-server', goals: hello },
  {
    scenario: 'api-get',
    goals: [
      { against: 'fastify', atMost: 0.9, on: NEW },
      { against: 'fastify-schema', atMost: 0.9, on: NEW },
      ...betterThanExpress(2.5, 6),
    ],
  },
  {
    scenario: 'routes-1000-last',
    goals: [{ against: { scenario: 'routes-1000-first' }, atMost: 1.1, on: ALL }, ...betterThanExpress(7, 9)],
  },
  {
    scenario: 'routes-10000-last',
    goals: [{ against: { scenario: 'routes-10000-first' }, atMost: 1.1, on: ALL }],
  },
  { scenario: 'middleware-90', goals: betterThanExpress(2.5, 5) },
  { scenario: 'json-post-110', goals: jsonPost },
  { scenario: 'api-post', goals: jsonPost },
  { scenario: 'form-post', goals: betterThanExpress(2.5, 4) },
  { scenario: 'static-10k', goals: betterThanExpress(3, 4) },
  { scenario: 'production', goals: betterThanExpress(1.5, 2.5) },
  {
    scenario: 'idle-connections',
    goals: [
      { against: 'node-http', metric: 'resident', atMost: 1.0, on: ALL },
      { against: 'node-http', metric: 'heap', atMost: 1.0, on: ALL },
    ],
  },
]
