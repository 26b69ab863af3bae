import { METHODS } from 'node:http'
import type { HeadLimits } from '#dist/server/turbo/protocol/limits.js'
import { REFUSALS } from '#dist/server/turbo/protocol/refusal.js'
import { type MessageText, valuesOf } from './message-text.mjs'
import type { SeenRequest } from './observation.mjs'

/*
 * Where turbo and node:http may differ: for each the section, and why ours is the stricter. A rule looks at the text of
 * the message, apart from our parser, so that it excuses no refusal but those it is about.
 */

export interface KnownDifference {
  name: string
  /** Section of the RFC that ours follows. */
  rfc: string
  reason: string
  /** A stream on which the two differ in this way. */
  example: string
  /** Whether a major version of node differs. Default: all do. */
  isOnlyFor?: (node: number) => boolean
  /** What our parser says; none where both accept the message. */
  refusals: readonly { reason: string }[]
  /** Where both accept it: all that they read differently. */
  differsIn?: readonly (keyof SeenRequest)[] | 'everything'
  /** Where node has refused already, and ours waits for more. */
  isLater?: boolean
  applies(message: MessageText, limits: HeadLimits): boolean
}

/** RFC 3986 §3.2.2, written a second time. */
const HOST =
  /^(?:\[[0-9a-f:.]+\]|\[v[0-9a-f]+\.[^\]@/?#"<> ]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})+)(?::\d*)?$/i

/** RFC 9112 §7.1.1, written a second time. */
const CHUNK_EXTENSIONS =
  /^[0-9a-f]+(?:;[\w!#$%&'*+.^`|~-]+(?:=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*"))?)+\r?$/i

/** The end of a stream, in a trailer section that has named a length or a coding, and not ended. */
const UNFINISHED_TRAILERS =
  /(?:^|\n)0+(?:;[^\n]*)?\r\n(?:[^\r\n]+\r\n)*(?:content-length|transfer-encoding):(?:[^\r\n]*\r\n)?(?:[^\r\n]+\r\n)*[^\r\n]*\r?$/i

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    name: 'host is malformed',
    rfc: '9110 §7.2, 9112 §3.2',
    reason:
      'node takes any value; caches, routers and password mails are poisoned by what others read from it',
    example: 'GET / HTTP/1.1\r\nHost: a@b\r\n\r\n',
    refusals: [REFUSALS.hostMalformed],
    applies: (message) =>
      valuesOf(message, 'host').some((value) => value !== '' && (!HOST.test(value) || value.includes(','))),
  },
  {
    name: 'host is missing',
    rfc: '9112 §3.2',
    reason: 'node wants none of CONNECT and of requests for an upgrade',
    example: 'CONNECT x:443 HTTP/1.1\r\n\r\n',
    refusals: [REFUSALS.hostMissing],
    applies: (message) =>
      valuesOf(message, 'host').length === 0 &&
      (message.method === 'CONNECT' || valuesOf(message, 'upgrade').length > 0),
  },
  {
    name: 'host is doubled',
    rfc: '9112 §3.2',
    reason: 'node takes the first of several Host fields, others the last',
    example: 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
    refusals: [REFUSALS.hostDoubled],
    applies: (message) => valuesOf(message, 'host').length > 1,
  },
  {
    name: 'target in a form that does not fit the method',
    rfc: '9112 §3.2',
    reason:
      'node takes `GET *`, CONNECT without a port, schemes that are not http, users and empty hosts in targets',
    example: 'GET * HTTP/1.1\r\nHost: x\r\n\r\n',
    refusals: [REFUSALS.targetForm],
    applies: ({ method, target }) =>
      method === 'CONNECT'
        ? !HOST.test(target) || !/:\d{1,5}$/.test(target)
        : !target.startsWith('/') && (target !== '*' || method !== 'OPTIONS'),
  },
  {
    name: 'something before the request line',
    rfc: '9112 §2.2',
    reason:
      'node skips line ends of any kind and number; the section speaks of one empty line, we bear with four',
    example: '\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n',
    refusals: [REFUSALS.emptyLines, REFUSALS.bareCarriageReturn, REFUSALS.method],
    applies: ({ lead }) => !/^(?:\r\n){0,4}$/.test(lead),
  },
  {
    name: 'method that node does not list',
    rfc: '9110 §9.1',
    reason:
      'node takes PRI, which is the start of HTTP/2, and methods of RTSP, without having them in http.METHODS',
    example: 'PRI /\r\n\r\n',
    refusals: [REFUSALS.method],
    applies: ({ method }) => !METHODS.includes(method),
  },
  {
    name: 'start of HTTP/2 behind a request',
    rfc: '9113 §3.4',
    reason: 'node pauses there, and the request before it never ends',
    example: 'GET / HTTP/1.1\r\nHost: x\r\n\r\nPRI /\n\r\n',
    refusals: [],
    differsIn: ['complete', 'body', 'rawTrailers'],
    applies: ({ text }) => text.includes('PRI '),
  },
  {
    name: 'blanks in the request line',
    rfc: '9112 §3',
    reason: 'node takes several blanks between the parts; where one ends is then a matter of opinion',
    example: 'GET  / HTTP/1.1\r\nHost: x\r\n\r\n',
    refusals: [REFUSALS.target, REFUSALS.version],
    applies: ({ line }) => / {2}/.test(line),
  },
  {
    name: 'HTTP/0.9',
    rfc: '9112 §2.3',
    reason: 'node takes request lines without a version',
    example: 'GET /\r\n\r\n',
    refusals: [REFUSALS.target],
    applies: ({ version }) => version === '',
  },
  {
    name: 'character in the target',
    rfc: '9112 §3.2, 3986 §2',
    reason: 'node takes fragments, tabs and form feeds, which are in no form of a target',
    example: 'GET /#f HTTP/1.1\r\nHost: x\r\n\r\n',
    refusals: [REFUSALS.target],
    applies: ({ target }) => /[#\t\f]/.test(target),
  },
  {
    name: 'other version',
    rfc: '9110 §15.6.6, 9112 §2.3',
    reason:
      'node takes HTTP/0.9 and HTTP/2.0 for HTTP/1.1, and answers 400 to the rest, where 505 says what is wrong',
    example: 'GET / HTTP/2.0\r\nHost: x\r\n\r\n',
    refusals: [REFUSALS.otherVersion],
    applies: ({ version }) => /^HTTP\/[02-9]\.\d/.test(version),
  },
  {
    name: 'other protocol',
    rfc: '9112 §2.3',
    reason: 'node takes RTSP/1.0 and ICE/1.0',
    example: 'OPTIONS / RTSP/1.0\r\nHost: x\r\n\r\n',
    refusals: [REFUSALS.version],
    applies: ({ version }) => /^(?:RTSP|ICE)\//.test(version),
  },
  {
    name: 'other transfer coding',
    rfc: '9112 §6.1',
    reason:
      'node takes any list that ends in chunked, and gives the handler what is still coded; it refuses others late',
    example: 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
    refusals: [REFUSALS.otherTransferCoding, REFUSALS.transferCoding],
    applies: (message) =>
      !/^chunked$/i.test(valuesOf(message, 'transfer-encoding').join()) ||
      /\ntransfer-encoding:[^\n]*\t *\r\n/i.test(message.text),
  },
  {
    name: 'transfer coding in HTTP/1.0',
    rfc: '9112 §6.1',
    reason: 'an HTTP/1.0 hop before us has not read it, and sees another end of the body',
    example: 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    refusals: [REFUSALS.oldTransferCoding],
    applies: ({ version }) => version === 'HTTP/1.0',
  },
  {
    name: 'content of CONNECT',
    rfc: '9110 §9.3.6',
    reason: 'node ignores its length, and hands the content over as bytes of the tunnel',
    example: 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello',
    refusals: [REFUSALS.connectContent],
    applies: ({ method }) => method === 'CONNECT',
  },
  {
    name: 'length beyond what a number holds',
    rfc: '9110 §8.6',
    reason: 'node takes 64 bits; JavaScript would round them',
    example: 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9007199254740993\r\n\r\n',
    refusals: [REFUSALS.contentLengthTooLarge],
    applies: (message) =>
      valuesOf(message, 'content-length').some((value) => !Number.isSafeInteger(Number(value))),
  },
  {
    name: 'tab behind a length',
    rfc: '9110 §8.6',
    reason:
      'node from 24 on takes it for a blank, which it is; for node 20, and others, it is a part of the value',
    example: 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\t\r\n\r\nhello',
    isOnlyFor: (node) => node > 20,
    refusals: [REFUSALS.contentLength],
    applies: ({ text }) => /\ncontent-length:[^\n]*\t *\r\n/i.test(text),
  },
  {
    name: 'digits of a chunk size',
    rfc: '9112 §7.1',
    reason: 'node takes zeros without end before the size, and 64 bits',
    example:
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n00000000000000001\r\na\r\n0\r\n\r\n',
    refusals: [REFUSALS.chunkSizeTooLarge],
    applies: ({ rest }) => /(?:^|\n)[0-9a-f]{14}/i.test(rest),
  },
  {
    name: 'chunk extension',
    rfc: '9112 §7.1.1',
    reason: 'node takes names that are empty and values that are none',
    example: 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0;a=\r\n\r\n',
    refusals: [REFUSALS.chunkExtension],
    applies: ({ rest }) =>
      rest.split('\n').some((line) => /^[0-9a-f]+;/i.test(line) && !CHUNK_EXTENSIONS.test(line)),
  },
  {
    name: 'forbidden trailer',
    rfc: '9110 §6.5.1',
    reason: 'node gives them to the handler, among them those that say where a message ends and who sends it',
    example: 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nCookie: a=b\r\n\r\n',
    refusals: [REFUSALS.trailerForbidden],
    applies: ({ rest }) =>
      /\n(?:content-(?:length|type|encoding|range)|transfer-encoding|(?:proxy-)?(?:connection|authorization)|host|trailer|te|upgrade|keep-alive|cookie|set-cookie|range|if-[a-z-]+|expect|cache-control):/i.test(
        rest,
      ),
  },
  {
    name: 'expectation that holds 100-continue',
    rfc: '9110 §10.1.1',
    reason:
      'node looks for the word anywhere in the value; what stands beside it is an expectation we do not know',
    example: 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue x\r\n\r\n',
    refusals: [],
    differsIn: ['expects'],
    applies: (message) => !/^100-continue(?:, *100-continue)*$/i.test(valuesOf(message, 'expect').join()),
  },
  {
    name: 'close beside keep-alive',
    rfc: '9112 §9.3',
    reason: 'in HTTP/1.0 node stays open when both are asked for; and takes Proxy-Connection for Connection',
    example: 'GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n',
    refusals: [],
    differsIn: ['keepAlive'],
    applies: (message) =>
      message.version === 'HTTP/1.0' &&
      (/close/i.test(valuesOf(message, 'connection').join()) ||
        valuesOf(message, 'proxy-connection').length > 0),
  },
  {
    name: 'tab behind a connection option',
    rfc: '9110 §5.6.3',
    reason: 'node 20 takes it for a part of the option, and misses that the client asks to close',
    example: 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\t\r\n\r\n',
    isOnlyFor: (node) => node === 20,
    refusals: [],
    differsIn: ['keepAlive', 'isUpgrade'],
    applies: ({ text }) => /\n(?:proxy-)?connection:[^\n]*\t[^\n]*\r\n/i.test(text),
  },
  {
    name: 'head too large',
    rfc: '6585 §5',
    reason:
      'blanks before a value count too, or nothing would bound them; and 431 it is, even if malformed as well',
    example: `GET / HTTP/1.1\r\nHost: x\r\nX:${' '.repeat(16_384)}a\r\n\r\n`,
    refusals: [REFUSALS.tooLarge],
    applies: ({ text }, { maxHeaderSize }) => text.length > maxHeaderSize,
  },
  {
    name: 'content of a request for an upgrade',
    rfc: '9110 §7.8',
    reason:
      'node before 26 hands it over as bytes of the new protocol, 26 bears with malformed content; ours ignores Upgrade',
    example:
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: x\r\nTransfer-Encoding: chunked\r\n\r\nx',
    refusals: [],
    differsIn: 'everything',
    applies: (message) =>
      /upgrade/i.test(valuesOf(message, 'connection').join()) &&
      valuesOf(message, 'upgrade').length > 0 &&
      message.fields.some(({ name }) => name === 'content-length' || name === 'transfer-encoding'),
  },
  {
    name: 'too many fields',
    rfc: '6585 §5',
    reason: 'node 20 drops them, so that who looks at a field and who handles the request see different ones',
    example: `GET / HTTP/1.1\r\nHost: x\r\n${'a:b\r\n'.repeat(1000)}\r\n`,
    isOnlyFor: (node) => node === 20,
    refusals: [REFUSALS.tooLarge],
    applies: ({ text }, { maxHeadersCount }) => text.split('\n').length > maxHeadersCount + 1,
  },
  {
    name: 'upgrade in HTTP/1.0',
    rfc: '9110 §7.8',
    reason: 'the field is to be ignored there',
    example: 'GET / HTTP/1.0\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
    refusals: [],
    differsIn: ['isUpgrade', 'keepAlive'],
    applies: ({ version }) => version === 'HTTP/1.0',
  },
  {
    name: 'head judged when it is complete',
    rfc: '9112 §6.3',
    reason:
      'node judges lengths and codings while they come; ours reads on to the end of the head, and refuses then',
    example: 'POST / HTTP/1.1\r\nContent-Length: x\r\n',
    refusals: [],
    isLater: true,
    applies: ({ fields, text }) =>
      !/\S\r\n\r\n/.test(text) &&
      fields.some(({ name }) => /^(?:content-length|transfer-encoding)$/.test(name)),
  },
  {
    name: 'trailers judged when they are complete',
    rfc: '9110 §6.5.1',
    reason:
      'node refuses a length or a coding as soon as it is named there; ours reads on to the end of the trailers, and refuses then',
    example: 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\nContent-Length:',
    refusals: [],
    isLater: true,
    applies: ({ rest }) => UNFINISHED_TRAILERS.test(rest),
  },
]
