import { fileURLToPath } from 'node:url'

/** The folder of the shop: what holds its package.json, its migrations and its page. */
export const PACKAGE_FOLDER = fileURLToPath(new URL('../../..', import.meta.url))
