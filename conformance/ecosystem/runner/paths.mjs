import { fileURLToPath } from 'node:url'

const at = (relative) => fileURLToPath(new URL(relative, import.meta.url))

/** This folder: what users of the tested packages would call their project. */
export const ECOSYSTEM = at('../')
export const FRAMEWORK = at('../../../packages/nozomi/')

/** Everything here can be thrown away. */
export const CACHE = at('../.cache/')
/** The name that package.json and package-lock.json know, whatever version is inside. */
export const TARBALL = at('../.cache/nozomi.tgz')
/** A second project, the same but for its `express`: stock Express. */
export const STOCK = at('../.cache/stock/')
