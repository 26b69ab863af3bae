import { z } from 'zod'
import { operation } from '../../../../http/contracts/operation.js'
import { uploadPath } from '../input/image-fields.js'
import { IMAGE_PROBLEMS } from '../problems.js'
import { WRITE } from './image-contracts.js'

const progress = z.object({
  state: z.enum(['receiving', 'done', 'failed']),
  received: z.int().describe('Bytes of files that are stored.'),
  total: z.int().nullable().describe('Bytes of the whole request; null when it does not say so.'),
})

export const readUpload = operation({
  method: 'get',
  id: 'readUpload',
  tag: 'images',
  summary: 'Tells how far an upload of yours is',
  description: 'As JSON how it is now, as `text/event-stream` how it goes on, to its end.',
  params: uploadPath,
  answers: {
    200: {
      description: 'The progress.',
      schema: progress,
      types: ['application/json', 'text/event-stream'],
    },
  },
  errors: [IMAGE_PROBLEMS['upload-not-found']],
  security: WRITE,
})
