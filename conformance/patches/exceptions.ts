import type { Deviation, How } from './compare.js'
import type { Kind } from './places.js'

/**
 * Where a patch is called otherwise than on Express, knowingly. What is not covered here fails, and so does a member that
 * needs no exception any more.
 */
interface Exception {
  reason: string
  kind: Kind
  members: readonly string[]
  /** Further members, which not every Node.js has, or calls. */
  newer?: readonly string[]
  how: readonly How[]
  /** Of the places of this kind; all unless given. */
  places?: readonly string[]
  /** Of the requests of the battery, by their labels; all unless given. */
  requests?: RegExp
}

/** Requests that are answered with a file, or that look for one. */
const FILES = /^(GET|HEAD) \/(child\/)?(send-file|download|static\/|strict\/)/
/** Requests that end in the page of the final handler. */
const FINAL_PAGES =
  /missing|folder|\/throw|reject-status|next-|an image|no such range|condition failed|malformed path|child\/render|, charset/
/** Messages get the prototype of the application when they are made, and not when the application is called. */
const BORN = ['express.response', 'app.response', 'express.request', 'app.request']

const exceptions: readonly Exception[] = [
  {
    reason:
      'Messages are born with the prototype of the application, so that a patch there is called by what node does ' +
      'before the application is called, too.',
    kind: 'request',
    members: ['_addHeaderLine', '_addHeaderLines'],
    how: ['additional'],
    places: BORN,
  },
  {
    reason: 'As the request, so the response.',
    kind: 'response',
    members: ['_flush', '_flushOutput', 'assignSocket', 'on', 'emit'],
    how: ['additional', 'more'],
    places: BORN,
  },
  {
    reason:
      'Looked at, and nothing else: conditional fields before the validators of the answer, and whether and how a body ' +
      'can be read.',
    kind: 'request',
    members: ['headers', 'destroyed', 'readable', 'readableEncoding', 'readableFlowing'],
    newer: ['readableLength'],
    how: ['additional'],
  },
  {
    reason: 'Looked at, and nothing else: the length that the handler has promised (`content-length-kept`).',
    kind: 'response',
    members: ['getHeader', 'headersSent', 'writableEnded'],
    how: ['additional'],
  },
  {
    reason:
      'Fields that are known to be good go where node keeps them; how node would check them is its own affair.',
    kind: 'response',
    members: [],
    newer: ['_isLenientHeaderValidation'],
    how: ['additional', 'unseen'],
  },
  {
    reason:
      'Whether there is still a connection is looked at before a file is sent, and not by listening to it.',
    kind: 'response',
    members: [],
    newer: ['socket'],
    how: ['additional', 'unseen'],
    requests: new RegExp(`${FILES.source}|too long`),
  },
  {
    reason: 'An answer without a body gets no entity tag, so nobody is asked whether it has one.',
    kind: 'response',
    members: ['get'],
    how: ['unseen'],
    requests: /send-nothing/,
  },
  {
    reason:
      'A string is handed to node as it is, and leaves together with the head. Express makes a Buffer of it first.',
    kind: 'response',
    members: ['_flushOutput', 'writableLength'],
    how: ['unseen'],
    places: ['http.ServerResponse.prototype', 'express.response', 'app.response', 'child.response', 'res'],
  },
  {
    reason:
      'A file is written chunk by chunk. Express pipes a stream into the response, whose listeners come and go.',
    kind: 'response',
    members: ['on', 'once', 'prependListener', 'removeListener', 'emit', 'writableNeedDrain'],
    newer: ['cork', 'uncork'],
    how: ['unseen', 'fewer', 'additional'],
    requests: FILES,
  },
  {
    reason:
      'The final handler reads the rest of the body within bounds (`final-body-early`), by listeners of its own.',
    kind: 'request',
    members: ['on', 'removeListener', 'resume'],
    how: ['fewer', 'more', 'additional'],
    requests: FINAL_PAGES,
  },
  {
    reason: 'A body over the limit is not read to its end (`body-limit-early`).',
    kind: 'request',
    members: ['_dump', '_read', 'emit', 'on', 'pause', 'removeAllListeners', 'removeListener'],
    how: ['unseen', 'fewer', 'additional'],
    requests: /too long/,
  },
  {
    reason: 'The connection is closed after the answer to a body over the limit (`body-limit-early`).',
    kind: 'response',
    members: ['setHeader', 'on', 'removeListener'],
    how: ['more', 'additional'],
    requests: /too long/,
  },
  {
    reason: 'What inflates a body is watched and cleared away whatever becomes of the request.',
    kind: 'request',
    members: ['on', 'removeListener'],
    how: ['more'],
    requests: /zipped/,
  },
  {
    reason:
      '`100 Continue` is sent when somebody reads (`continue-when-read`), and not by node before the application is called.',
    kind: 'response',
    members: ['writeContinue'],
    newer: ['writeInformation'],
    how: ['additional'],
    places: ['express.response', 'app.response', 'res'],
    requests: /expecting/,
  },
]

/** Methods that no request of the battery calls: those that serve, and those that nobody uses on these objects. */
export const uncalled: ReadonlySet<string> = new Set([
  'application.listen',
  // A response can't be read.
  'response.pipe',
  // A copy of an old stream; and the operators of Readable, some of which only some nodes have.
  ...['wrap', 'iterator', 'asIndexedPairs', 'drop', 'filter', 'flatMap', 'map', 'take', 'compose'].map(
    ofRequest,
  ),
  ...['every', 'forEach', 'reduce', 'some', 'find'].map(ofRequest),
])

function ofRequest(name: string): string {
  return `request.${name}`
}

/** The exceptions that were needed, and what they do not cover. */
export class Ledger {
  readonly #used = new Set<string>()

  /** The deviations that no exception covers. */
  uncovered(deviations: readonly Deviation[]): Deviation[] {
    return deviations.filter((deviation) => {
      const covering = exceptions.flatMap((exception, index) => (covers(exception, deviation) ? index : []))
      for (const index of covering) this.#used.add(`${index} ${deviation.member}`)
      return covering.length === 0
    })
  }

  /** The members of exceptions that covered nothing. */
  unused(): string[] {
    return exceptions.flatMap((exception, index) =>
      exception.members
        .filter((member) => !this.#used.has(`${index} ${member}`))
        .map((member) => `${exception.kind}.${member}: ${exception.reason}`),
    )
  }
}

function covers(exception: Exception, { kind, member, how, place, request }: Deviation): boolean {
  return (
    exception.kind === kind &&
    exception.how.includes(how) &&
    (exception.places?.includes(place) ?? true) &&
    (exception.requests?.test(request) ?? true) &&
    (exception.members.includes(member) || exception.newer?.includes(member) === true)
  )
}
