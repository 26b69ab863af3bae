/**
 * Where Nozomi knowingly answers otherwise than Express 5.3. A scenario states such a difference by its id and asserts
 * both sides, so that an entry which is no longer true fails, and a difference without an entry fails too.
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
    what: '`static` answers only the canonical spelling of a path; others are 404.',
    reason:
      'The router matches the path as it was sent, static decodes and normalizes it: a guard on a folder is passed by `//admin/x`, `/%61dmin/x` or `/y/../admin/x`.',
    switchBack: '`express.static(root, { canonical: false })`',
  },
  {
    id: 'static-redirect-path',
    what: "`static`'s redirect of a folder to its slash names a path, never a host.",
    reason:
      'The host of an absolute target is what the client wrote: a cache would keep a redirect to anywhere.',
  },
  {
    id: 'error-field-refused',
    what: "The final handler leaves out a field of `error.headers` that HTTP can't carry.",
    reason: 'In Express setting it throws outside of every try, and the process ends.',
  },
  {
    id: 'link-escaped',
    what: '`res.links` encodes what would close the link or its parameter.',
    reason: 'A value with `>` closes the link and adds a second one, which clients then follow.',
  },
  {
    id: 'hostname-validated',
    what: '`req.hostname` is undefined when the field holds no valid host.',
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
    what: 'A backslash in `Location` is encoded as %5C.',
    reason: 'Browsers read `/\\evil.example` as `//evil.example`: an open redirect.',
  },
  {
    id: 'view-confined',
    what: '`res.render` looks for views inside the views folders only.',
    reason: 'A name that comes from a user, such as `../../secrets`, leaves the folder.',
    switchBack: "`app.enable('views anywhere')`",
  },
  {
    id: 'render-options-guarded',
    what: '`res.render(name, options)` does not let options from a query replace the settings of the engine.',
    reason:
      '`res.render(name, req.query)` hands `settings[view options]` and `cache` to whoever writes the URL.',
    switchBack: "`app.enable('view settings from values')`",
  },
  {
    id: 'content-length-kept',
    what: "A body that does not fit the handler's own Content-Length is not written to the connection.",
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
    what: 'The extended query parser does not let a query shadow the methods of Object.prototype.',
    reason: '`?hasOwnProperty=x` makes `req.query.hasOwnProperty(...)` throw.',
    switchBack:
      '`express.urlencoded({ allowPrototypes: true })`; for queries a `query parser` function of one’s own',
  },
  {
    id: 'body-limit-early',
    what: 'A body over the limit is answered 413 at once, without `100 Continue`, and the connection is closed.',
    reason: 'Express reads it to its end first, and asks for it.',
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
    id: 'express-4-patterns',
    what: 'Express 4 route patterns are accepted with their Express 4 meaning.',
    reason: 'Express 5 throws for them; nothing that works there changes.',
  },
  {
    id: 'query-lasting',
    what: '`req.query` is one object for a URL, keeps changes, and can be assigned.',
    reason: 'In Express 5 an assignment throws in strict code, and changes are lost: sanitizers do nothing.',
  },
  {
    id: 'app-router-alias',
    what: '`app._router` is the router.',
    reason: 'Route listers and agents written for Express 4 look for it.',
  },
] as const satisfies readonly Difference[]

export type DifferenceId = (typeof differences)[number]['id']
