/**
 * Node's own tests of which a part can't apply, and that part is not what they are about. They run with it replaced, on
 * node:http as well; `docs/reference/turbo-node-suite.md` is made from this.
 */

const REQUEST_LINE = "'GET / HTTP/1.1\\r\\n'"

export const adapted = [
  {
    title: 'No Host, two of them, or one that is none',
    why: 'They send, beside what they are about, what turbo answers with 400 (RFC 9112 §3.2). They get the one Host that is asked for.',
    tests: {
      'parallel/test-http-header-owstext.js': [
        [
          "client.write('GET / HTTP/1.1\\r\\n' + hdr",
          "client.write('GET / HTTP/1.1\\r\\nHost: x\\r\\n' + hdr",
        ],
        ["check('host'", "check('x-any'"],
      ],
      'parallel/test-http-server-multiheaders.js': [
        ["['Host', 'bar'],", ''],
        ["['hOst', 'baz'],", ''],
      ],
      'parallel/test-http-server-multiheaders2.js': [
        ["  'Host',\n", ''],
        ['const headers = []', "const headers = [['Host', 'foo']]"],
      ],
      'parallel/test-http-server-request-timeout-upgrade.js': [
        [REQUEST_LINE, "'GET / HTTP/1.1\\r\\nHost: x\\r\\n'"],
      ],
      'parallel/test-http-upgrade-server2.js': [
        ["'GET /blah HTTP/1.1\\r\\n'", "'GET /blah HTTP/1.1\\r\\nHost: x\\r\\n'"],
      ],
    },
  },
  {
    title: 'CONNECT without an authority',
    why: 'The target of CONNECT is host and port (RFC 9110 §9.3.6); they ask for a path.',
    tests: {
      'parallel/test-http-server-unconsume-consume.js': [
        ["method: 'CONNECT'", "method: 'CONNECT', path: 'localhost:80'"],
      ],
    },
  },
  {
    title: 'Refused before the handler',
    why: "`Transfer-Encoding: chunkedchunked`: node calls the handler, and refuses the body afterwards. Turbo's handler is never called; the answer is the same.",
    tests: {
      'parallel/test-http-transfer-encoding-repeated-chunked.js': [
        ['http.createServer(common.mustCall(', 'http.createServer(common.mustCallAtLeast('],
        ['}, 1));', '}, 0));'],
      ],
    },
  },
  {
    title: 'Extensions of chunks, counted together',
    why: 'The total of the extensions in a body is limited (RFC 9112 §7.1.1), where node limits those of each chunk. The extensions that must pass are made shorter.',
    tests: {
      'parallel/test-http-chunk-extensions-limit.js': [
        ["'A'.repeat(10000) + '=bar", "'A'.repeat(5000) + '=bar"],
      ],
    },
  },
  {
    title: "Where node's parser stopped",
    why: '`bytesParsed` of an error says how far the parser of node got in the packet; nothing reads it but these tests.',
    tests: {
      'parallel/test-http-header-overflow.js': [['bytesParsed: PAYLOAD.length,', '']],
      'parallel/test-http-server-client-error.js': [['assert.strictEqual(err.bytesParsed, 1);', '']],
      'parallel/test-http-server-destroy-socket-on-client-error.js': [['bytesParsed: 1,', '']],
    },
  },
  {
    title: 'http.Server called as a function',
    why: 'A class of ES5 calls the constructor of node on its own objects. That of turbo is a class, and can not be called so.',
    tests: {
      'parallel/test-http-upgrade-server.js': [
        ['http.Server.call(this, () => {});', ''],
        [
          'return new testServer();',
          'const made = http.createServer(() => {}); testServer.call(made); return made;',
        ],
      ],
    },
  },
  {
    title: 'Two listeners on the socket',
    why: "They take for granted that node has an array of listeners for 'close' on the socket of a request.",
    tests: {
      'parallel/test-http-req-close-robust-from-tampering.js': [
        ['req.client._events.close.forEach', '[req.client._events.close].flat().forEach'],
      ],
    },
  },
]

/** What is replaced in each test, by its path. */
export const adaptations = Object.fromEntries(adapted.flatMap(({ tests }) => Object.entries(tests)))
