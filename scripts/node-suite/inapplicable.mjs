/**
 * Node's own tests that can't pass on turbo, with the reason. `scripts/node-suite.mjs` says when one of them passes all
 * the same; `docs/reference/turbo-node-suite.md` is made from this.
 */
export const reasons = [
  {
    title: "Node's parser",
    why: "They reach into the object that parses for node, `socket.parser`, count the asynchronous resources that it makes, or wait for node to release it when the socket goes to another process. Turbo's parser is an object of its own, and `socket.parser` is null.",
    tests: [
      'parallel/test-async-hooks-http-parser-destroy.js',
      'parallel/test-child-process-http-socket-leak.js',
      'parallel/test-http-parser-memory-retention.js',
      'parallel/test-http-server-connection-list-when-close.js',
      'parallel/test-http-server-keepalive-end.js',
    ],
  },
  {
    title: "Private symbols of node's server",
    why: "They load `_http_server` for the symbol under which node keeps a timer, and look at the timer. Turbo keeps its own elsewhere; that it is stopped with the server is tested by turbo's tests.",
    tests: [
      'parallel/test-http-server-async-dispose.js',
      'parallel/test-http-server-clear-timer.js',
      'parallel/test-http-server-close-destroy-timeout.js',
      'parallel/test-https-server-async-dispose.js',
      'parallel/test-https-server-close-destroy-timeout.js',
    ],
  },
  {
    title: 'No lax parsing',
    why: '`insecureHTTPParser` lets through what others read otherwise. Turbo has no such mode, and ignores the option.',
    tests: [
      'parallel/test-http-insecure-parser-per-stream.js',
      'parallel/test-http-insecure-parser.js',
      'parallel/test-https-insecure-parse-per-stream.js',
    ],
  },
  {
    title: 'A malformed Host',
    why: 'It sends nothing else but `Host: foo:1234:80`, which is 400 (RFC 9112 §3.2).',
    tests: ['parallel/test-http-host-header-ipv6-fail.js'],
  },
  {
    title: 'Two lengths from the handler',
    why: 'The handler sets two values for Content-Length, and the client is to refuse the answer. Turbo knows the body when the first of the two answers is ended, and puts the field right.',
    tests: ['parallel/test-http-response-multi-content-length.js'],
  },
  {
    title: 'An answer that overtakes another',
    why: 'A request that is never answered is followed by bytes that are no request. Node answers those with 400 at once, which the client takes for the answer to the first; turbo answers in order (RFC 9112 §9.3.2), so here never.',
    tests: ['parallel/test-http-blank-header.js'],
  },
  {
    title: 'Errors after the first',
    why: "They wait for a second 'clientError' on one connection. Behind bytes that can't be read, nothing is read: turbo reports the first error, and no other.",
    tests: [
      'parallel/test-http-server-multiple-client-error.js',
      'parallel/test-http-socket-error-listeners.js',
    ],
  },
  {
    title: 'Requests without a stream',
    why: '`optimizeEmptyRequests` spares requests without a body their stream events. On turbo no request has a stream before it is asked for one; the option is ignored.',
    tests: ['parallel/test-http-server-optimize-empty-requests.js'],
  },
  {
    title: 'Fields beyond the maximum',
    why: 'Before Node.js 24, node drops the fields that are beyond `maxHeadersCount`, and hands the request over. Turbo answers 431 on every version, as newer ones do.',
    tests: ['parallel/test-http-max-headers-count.js', 'parallel/test-https-max-headers-count.js'],
  },
  {
    title: 'More than 32 requests that wait',
    why: 'It sends requests until the answers that wait for the first one are 64 KB, which takes 64 of them. Turbo reads no more of a connection while 32 of its requests wait; node counts bytes alone.',
    tests: ['parallel/test-http-pipeline-socket-parser-typeerror.js'],
  },
  {
    title: 'Tracing inside of node',
    why: 'It counts the trace events of one exchange. Turbo writes them as node:http does; two more begin when it is loaded, with the messages that it makes to see where node keeps their state.',
    tests: ['parallel/test-trace-events-http.js'],
  },
]

/** The reason for each test, by its path. */
export const inapplicable = Object.fromEntries(
  reasons.flatMap(({ why, tests }) => tests.map((test) => [test, why])),
)
