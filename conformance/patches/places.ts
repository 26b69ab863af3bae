import { IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http'
import type { Application } from 'express'
import type { ExpressFactory } from '../harness/subject.js'
import type { Patched } from './application.js'
import { type Member, membersOf } from './patching.js'

/** What is patched: the name under which exceptions speak of it. */
export type Kind = 'response' | 'request' | 'application' | 'router' | 'route' | 'layer' | 'view'

/** Where members can be patched: one object, several of a kind, or the messages of each request as they come in. */
export interface Place {
  name: string
  kind: Kind
  /** The objects that are patched; `'each'` for the messages themselves. */
  targets(express: ExpressFactory, patched: Patched): object[] | 'each'
  /** The members that are patched: those that Express has. */
  members(express: ExpressFactory, patched: Patched): Member[]
  /**
   * Where else Express sees what the subject sees here. Express copies the members of `express.application` onto each
   * new application; here applications inherit them (`application-members-inherited` in the list of differences).
   */
  oracle?: string
}

type Prototype = 'request' | 'response'

interface Stacked {
  stack: LayerLike[]
}

interface LayerLike {
  route?: Stacked
}

const response: Describing = ({ response: prototype }) => membersOf(prototype)
const request: Describing = ({ request: prototype }) => membersOf(prototype)
const router: Describing = (express) => membersOf(routerPrototype(express))
const route: Describing = (express) => membersOf(routePrototype(express))

type Describing = Place['members']

export const places: readonly Place[] = [
  onNode('response', 'http.ServerResponse.prototype', ServerResponse.prototype),
  onNode('response', 'http.OutgoingMessage.prototype', OutgoingMessage.prototype),
  { name: 'express.response', kind: 'response', members: response, targets: (express) => [express.response] },
  {
    name: 'app.response',
    kind: 'response',
    members: response,
    targets: (_, { app }) => [inside(app, 'response')],
  },
  {
    name: 'child.response',
    kind: 'response',
    members: response,
    targets: (_, { child }) => [inside(child, 'response')],
  },
  { name: 'res', kind: 'response', members: response, targets: () => 'each' },

  onNode('request', 'http.IncomingMessage.prototype', IncomingMessage.prototype),
  { name: 'express.request', kind: 'request', members: request, targets: (express) => [express.request] },
  {
    name: 'app.request',
    kind: 'request',
    members: request,
    targets: (_, { app }) => [inside(app, 'request')],
  },
  {
    name: 'child.request',
    kind: 'request',
    members: request,
    targets: (_, { child }) => [inside(child, 'request')],
  },
  { name: 'req', kind: 'request', members: request, targets: () => 'each' },

  {
    name: 'the applications',
    kind: 'application',
    members: (_, { app }) => membersOf(app),
    targets: (_, patched) => applicationsOf(patched),
  },
  {
    name: 'express.application',
    kind: 'application',
    members: (express) => membersOf(express.application),
    targets: (express) => [express.application],
    oracle: 'the applications',
  },

  {
    name: 'Router.prototype',
    kind: 'router',
    members: router,
    targets: (express) => [routerPrototype(express)],
  },
  { name: 'the routers', kind: 'router', members: router, targets: (_, patched) => routersOf(patched) },
  { name: 'Route.prototype', kind: 'route', members: route, targets: (express) => [routePrototype(express)] },
  { name: 'the routes', kind: 'route', members: route, targets: (_, patched) => routesOf(patched) },
  {
    name: 'Layer.prototype',
    kind: 'layer',
    members: (_, patched) => membersOf(layerPrototype(patched)),
    targets: (_, patched) => [layerPrototype(patched)],
  },
  {
    name: 'the layers',
    kind: 'layer',
    members: (_, patched) => membersOf(layersOf(patched)[0] as object),
    targets: (_, patched) => layersOf(patched),
  },
  {
    name: "app.get('view').prototype",
    kind: 'view',
    members: (_, patched) => membersOf(viewPrototype(patched)),
    targets: (_, patched) => [viewPrototype(patched)],
  },
]

/** A prototype of node, under all that is Express's. */
function onNode(kind: Kind, name: string, prototype: object): Place {
  return { name, kind, members: () => membersOf(prototype), targets: () => [prototype] }
}

/** The prototype of an application's own messages. */
function inside(app: object, name: Prototype): object {
  return Reflect.get(app, name)
}

function applicationsOf({ app, child, bare, changing }: Patched): Application[] {
  return [app, child, bare, changing]
}

/** The routers, those of the applications among them. */
function routersOf(patched: Patched): Stacked[] {
  return [...applicationsOf(patched).map(({ router: own }) => own), ...patched.routers] as Stacked[]
}

/** All layers of all routers, and those inside of routes. */
function layersOf(patched: Patched): LayerLike[] {
  return routersOf(patched)
    .flatMap(({ stack }) => [...stack])
    .flatMap((layer) => [layer, ...(layer.route?.stack ?? [])])
}

function routesOf(patched: Patched): Stacked[] {
  return layersOf(patched).flatMap(({ route: own }) => own ?? [])
}

function layerPrototype(patched: Patched): object {
  return Object.getPrototypeOf(layersOf(patched)[0])
}

function viewPrototype({ app }: Patched): object {
  return prototypeOf(app.get('view'))
}

function routerPrototype(express: ExpressFactory): object {
  return prototypeOf(express.Router)
}

function routePrototype(express: ExpressFactory): object {
  return prototypeOf(Reflect.get(express, 'Route'))
}

function prototypeOf(constructor: unknown): object {
  return (constructor as { prototype: object }).prototype
}
