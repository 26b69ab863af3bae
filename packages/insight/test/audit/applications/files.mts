import { fileURLToPath } from 'node:url'

/** The folder of pages and views, in the sources: it is not copied into the build. */
export const FILES = fileURLToPath(new URL('../../../../test/audit/applications/files', import.meta.url))
