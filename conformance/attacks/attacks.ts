import type { Attack } from './attack.js'
import { contentLength, earlyHints, errorFields, links, trailers } from './answers.js'
import { early413, formOfAmpersands, prototypePollution, thrownNothing, unreadBody } from './bodies.js'
import { pipes, setHeaders, shrinkingFile } from './files.js'
import { hostname, redirects } from './hosts.js'
import { shadowedMethods, thrownSignals } from './routing.js'
import { guardedFolder, viewOptions, viewsFolder } from './spellings.js'

/** Every attack that stock Express 5.3 falls to and Nozomi holds. */
export const attacks: readonly Attack[] = [
  guardedFolder,
  errorFields,
  trailers,
  links,
  hostname,
  formOfAmpersands,
  prototypePollution,
  redirects,
  viewsFolder,
  viewOptions,
  contentLength,
  thrownSignals,
  shadowedMethods,
  early413,
  unreadBody,
  thrownNothing,
  earlyHints,
  setHeaders,
  pipes,
  shrinkingFile,
]
