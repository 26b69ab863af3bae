import { join, resolve } from 'node:path'
import { z } from 'zod'
import { PACKAGE_FOLDER } from '../../platform/configuration/package-folder.js'
import { defineSection } from '../../platform/configuration/section.js'

export interface ImagesConfiguration {
  /** Where the files are. Outside of what is served as it is. */
  readonly folder: string
}

export const imagesConfiguration = defineSection(
  {
    IMAGES_DIR: {
      schema: z.string().default(join(PACKAGE_FOLDER, '.data', 'images')),
      expected: 'the path of a folder; one that all instances share, when there are several',
    },
  },
  ({ IMAGES_DIR }): ImagesConfiguration => ({ folder: resolve(IMAGES_DIR) }),
)
