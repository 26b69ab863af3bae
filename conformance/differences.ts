/**
 * Where Nozomi knowingly answers otherwise than Express 5.3. A scenario states such a difference by its id and asserts
 * both sides, so that an entry which is no longer true fails, and a difference without an entry fails too. Where
 * Express would not survive that, or would keep everybody waiting, an attack states it.
 */

export interface Difference {
  id: string
  what: string
  reason: string
  /** How an application that depends on Express's behaviour gets it back. */
  switchBack?: string
}

export const differences = [
  {
    id: 'static-canonical-path',
    what: '`static` answers only the canonical spelling of a path; others are 404. A folder behind repeated slashes (`/m//docs`) is redirected to its one spelling, `/m/docs/`, where Express repeats the slashes; so is a folder whose name has reserved characters encoded (`/%40team/x` to `/@team/x`).',
    reason:
      'The router matches the path as it was sent, static decodes and normalizes it: a guard on a folder is passed by `//admin/x`, `/%61dmin/x` or `/y/../admin/x`.',
    switchBack: '`express.static(root, { canonical: false })`',
  },
  {
    id: 'static-redirect-path',
    what: "`static`'s redirect of a folder to its slash names a path, never a host; a backslash is encoded, and a fragment is left out.",
    reason:
      'The host of an absolute target is what the client wrote: a cache would keep a redirect to anywhere. A fragment is no part of a target (RFC 9112 §3.2).',
  },
  {
    id: 'static-options-early',
    what: '`static` refuses impossible `dotfiles`, `extensions` and `index` when it is made.',
    reason: 'Express makes it, and then answers every request with 500.',
  },
  {
    id: 'static-set-headers-error',
    what: 'What `setHeaders` of `static` throws goes to the error handlers.',
    reason: 'In Express nobody can catch it, and the process ends.',
  },
  {
    id: 'files-regular-only',
    what: '`static` and `res.sendFile` send files only: a pipe or a device is 404.',
    reason:
      'Opening a pipe takes a thread until somebody writes to it: four requests, and no file can be read any more. A device has no length and no end.',
  },
  {
    id: 'file-opened-once',
    what: 'Length, validators and bytes that are sent are those of one file, even when another takes its name meanwhile.',
    reason: 'Express sends bytes of the new file under the length and the entity tag of the old one.',
  },
  {
    id: 'file-shrunk',
    what: 'A file that becomes shorter while it is sent gives 500, or breaks the connection off when its head has left.',
    reason: 'Express ends the answer before its promised length, and the client waits for the rest.',
  },
  {
    id: 'file-error-uncached',
    what: 'The answer to a failure of reading a file carries none of the fields of the file.',
    reason:
      'Under `Cache-Control`, `ETag` and `Last-Modified` of the file, caches keep the error page for it.',
  },
  {
    id: 'error-page-without-trailers',
    what: 'The page of an error, or of 404, announces no trailers: `Trailer` is taken away.',
    reason:
      'The page has a length, with which node refuses `Trailer`, out of the reach of everybody: a HEAD of what sends trailers ends the process of Express.',
  },
  {
    id: 'file-part-empty',
    what: '`start` behind `end` in the options of `res.sendFile` sends nothing.',
    reason:
      'Express writes one byte behind a Content-Length of 0, or a negative Content-Length: the rest of the connection can not be read.',
  },
  {
    id: 'file-ranges-counted',
    what: 'A `Range` of more than 64 ranges is ignored, and the whole file sent.',
    reason: 'Sorting and joining thousands of ranges costs more than the file (RFC 9110 §14.2).',
  },
  {
    id: 'file-callback-sent',
    what: 'The callback of `res.sendFile` and `res.download` is called when the file was handed to the system.',
    reason:
      'Express calls it for a GET when the file was read: the client may not have got a byte, and may still go away.',
  },
  {
    id: 'entity-tag-comma',
    what: 'An entity tag that holds a comma is found in `If-None-Match` and `If-Match` when it stands there alone.',
    reason: 'It may hold one (RFC 9110 §8.8.3). Express takes it for two, so that it never matches.',
  },
  {
    id: 'error-field-refused',
    what: "The final handler leaves out a field of `error.headers` that HTTP can't carry, with a warning.",
    reason: 'In Express setting it throws outside of every try, and the process ends.',
  },
  {
    id: 'link-escaped',
    what: '`res.links` encodes what would close the link or its parameter.',
    reason: 'A value with `>` closes the link and adds a second one, which clients then follow.',
    switchBack: "`res.append('Link', text)`, which takes the text as it is",
  },
  {
    id: 'hostname-validated',
    what: '`req.host` and `req.hostname` are undefined, and `req.subdomains` is empty, when the field holds no valid host.',
    reason: '`evil.com:fake@good.com` gives `evil.com` in Express: links and cookies are then made for it.',
    switchBack: "`app.disable('validate host')`",
  },
  {
    id: 'json-prototype-keys',
    what: 'JSON with a `__proto__` or `constructor.prototype` key is refused with 400.',
    reason: "Code that merges the body into another object changes every object's prototype.",
    switchBack: "`express.json({ protoKeys: 'keep' })`, or `'drop'` to take them out",
  },
  {
    id: 'location-backslash',
    what: 'Backslashes among the first separators of a path in `Location` are encoded as %5C.',
    reason: 'Browsers read `/\\evil.example` as `//evil.example`: an open redirect.',
    switchBack: "`res.set('Location', text)`, which takes the text as it is",
  },
  {
    id: 'view-confined',
    what: '`res.render` looks for views inside the views folders only; an absolute name may also lie in the working directory.',
    reason: 'A name that comes from a user, such as `../../secrets`, leaves the folder.',
    switchBack: "`app.enable('views anywhere')`",
  },
  {
    id: 'render-options-guarded',
    what: '`res.render(name, options)` and `app.render` do not let values (the options, `res.locals`) replace the settings of the engine, or take them away.',
    reason:
      '`res.render(name, req.query)` hands `settings[view options]` and `cache` to whoever writes the URL.',
    switchBack: "`app.enable('view settings from values')`; `cache` counts as a boolean only, in any case",
  },
  {
    id: 'content-length-kept',
    what: "A body that does not fit the handler's own Content-Length, or whose Content-Length is no length (`3, 3`, `-1`) or stands beside a Transfer-Encoding, is not written as it is: the field is put right while the head has not left, else the body is cut or broken off and the connection closed.",
    reason:
      'What is too long becomes the next answer on the connection; what is too short leaves the client waiting.',
  },
  {
    id: 'thrown-signal',
    what: "A thrown or rejected string 'route' or 'router' is an error, not a signal.",
    reason: 'Only `next()` steers routing; a rejection with a value that a user chose must not skip a guard.',
    switchBack: "`app.enable('thrown routing signals')`",
  },
  {
    id: 'query-own-methods',
    what: 'The extended query parser and `urlencoded` leave out names of members that every object has.',
    reason: '`?hasOwnProperty=x` makes `req.query.hasOwnProperty(...)` throw.',
    switchBack:
      '`express.urlencoded({ allowPrototypes: true })`; for queries a `query parser` function of one’s own',
  },
  {
    id: 'query-linear-time',
    what: 'The extended query parser and `urlencoded` take time in proportion to the text. What they give is what `qs` gives.',
    reason:
      '`qs` is quadratic in repeated and in empty keys: 25 KB of `&` keep the process busy for a second.',
    switchBack: 'for queries `qs` itself as a `query parser` function',
  },
  {
    id: 'body-limit-early',
    what: 'A body that is refused is not read to its end: one over the limit is answered 413 at once, without `100 Continue`, and the connection is closed. One of unknown length is read for half a second or 256 KB more, and the connection is kept when that was its end.',
    reason: 'Express reads it to its end first, and asks for it.',
  },
  {
    id: 'verify-refusal',
    what: 'Whatever `verify` of a body parser throws refuses the body with 403, `null` too.',
    reason: 'In Express the request is neither answered nor passed on after `throw null`.',
  },
  {
    id: 'final-body-early',
    what: 'The page of the final handler does not wait for the end of a body of more than 1 MB or, for more than half a second or 256 KB, of unknown length. The connection is then closed.',
    reason: 'Express reads it to its end first, however long it is, or takes.',
  },
  {
    id: 'continue-when-read',
    what: '`100 Continue` is sent when somebody starts to read the body, and not before. Not on a server that has a listener for `checkContinue`, or other listeners for requests.',
    reason: 'A client that asks before it sends its body should not send one that nobody reads.',
    switchBack:
      "`server.on('checkContinue', (req, res) => { res.writeContinue(); server.emit('request', req, res) })`",
  },
  {
    id: 'early-hints-checked',
    what: '`res.writeEarlyHints` checks names and values on every version of Node.js.',
    reason: 'Node 20 writes them as they are: a line break in a value starts an answer of its own.',
  },
  {
    id: 'send-views-whole',
    what: '`res.send` of a typed array or DataView sends the bytes that it shows.',
    reason: 'Express sends each element cut down to one byte, and nothing of a DataView.',
  },
  {
    id: 'status-without-phrase',
    what: 'The production error page of a status that has no phrase shows its number.',
    reason: 'Express shows the word "undefined".',
  },
  {
    id: 'option-errors-explained',
    what: "Errors about options of the body parsers go on where Express's end: they name the value that was given, and a `type` that is none is refused.",
    reason: 'A message says what was wrong, with which value, and what to do.',
  },
  {
    id: 'body-options-early',
    what: 'A `defaultCharset` that can not be meant (for `json` one that is no encoding of Unicode), and a `reviver` that is no function, are refused when the parser is made.',
    reason: 'Express answers every request without a charset with 415, and ignores the reviver.',
  },
  {
    id: 'body-http2',
    what: 'Body parsers read the body of an HTTP/2 request that names no length.',
    reason:
      'In HTTP/2 the frames say where a body ends (RFC 9113 §8.1). Express takes the request for one without a body.',
  },
  {
    id: 'error-codes',
    what: 'Errors that the framework raises because of a request have a `code`.',
    reason: 'Programs can tell them apart without reading messages.',
  },
  {
    id: 'express-4-patterns',
    what: 'Express 4 route patterns are accepted with their Express 4 meaning. `toExpress5Pattern` tells the equivalent.',
    reason: 'Express 5 throws for them; nothing that works there changes.',
  },
  {
    id: 'query-lasting',
    what: '`req.query` is one object for a query string, keeps changes, and can be assigned. Middleware that changes it (hpp, sanitizers) takes effect.',
    reason: 'In Express 5 an assignment throws in strict code, and changes are lost: sanitizers do nothing.',
    switchBack: 'Leave out the middleware that had no effect.',
  },
  {
    id: 'app-router-alias',
    what: '`app._router` is the router.',
    reason: 'Route listers and agents written for Express 4 look for it.',
  },
  {
    id: 'application-members-inherited',
    what: 'An application inherits its methods from `application`; they are not copied onto it, and not among its own keys.',
    reason: 'A method that is patched on `application` is seen by the applications that exist already.',
    switchBack: '`Object.assign(app, EventEmitter.prototype, express.application)` right after `express()`.',
  },
  {
    id: 'settings-replaced',
    what:
      'Writes to `app.settings` are noticed; writes to an object that stands in its place or behind it (`app.settings = o`, ' +
      "`Object.setPrototypeOf(app.settings, o)`), made through `o`, are not, nor is `Object.defineProperty(app, 'settings')`.",
    reason: 'Settings are compiled when they are written, so that no request looks one up by its name.',
    switchBack:
      'Write through `app.set()` or `app.settings`, or replace `app.get()`, which is then asked each time.',
  },
  {
    id: 'message-classes',
    what: 'Requests and responses are of classes of their application: `req.constructor.name` is `Request`, and not `IncomingMessage`. On a server that was made for the application alone they are so from the start.',
    reason:
      'The server constructs them. Express changes the prototype of every one, which costs more than the rest of a small request. `instanceof` gives what it gives there.',
  },
  {
    id: 'mounted-prototypes',
    what: 'In a mounted application that has added nothing to its `request` and `response`, messages keep the prototypes of the parent. What is added to them while a request is in it, that request does not see.',
    reason: 'A change of prototype costs, and nobody could see a difference otherwise.',
    switchBack: 'Add to `app.request` and `app.response` before requests come.',
  },
  {
    id: 'locals-when-asked',
    what: '`res.locals` is made when it is first asked for: until then it is no own property of the response.',
    reason: 'Most requests need none.',
    switchBack: '`app.use((req, res, next) => { res.locals = res.locals; next() })`',
  },
  {
    id: 'layer-match-remembered',
    what: '`match()` of a layer leaves what it found in its `params`, `path` and `keys`. Requests write nothing there.',
    reason:
      'Tools written for earlier routers ask a layer and then read it; in Express 5.3 these fields are gone.',
  },
] as const satisfies readonly Difference[]

export type DifferenceId = (typeof differences)[number]['id']
