import { z } from 'zod'
import { siteRoute } from '../../../../http/contracts/site-route.js'

/** The names that the shop gives; nothing else is looked for in the folder. */
const NAME = /^[0-9a-f]{32}\.(?:jpg|png|webp)$/

/** Any other name is none, and refuses nothing: the request goes on to what answers lost visitors. */
const fileName = z.string().transform((text) => (NAME.test(text) ? text : null))

const types = ['image/jpeg', 'image/png', 'image/webp'] as const

export const readImageFile = siteRoute({
  params: z.object({ file: fileName }),
  answers: {
    200: { description: 'The file.', types },
    206: { description: 'The part that `Range` names.', types },
  },
})
