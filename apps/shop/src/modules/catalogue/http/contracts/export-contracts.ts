import { z } from 'zod'
import { operation } from '../../../../http/contracts/operation.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { exportQuery } from '../input/export-query.js'

export const exportProducts = operation({
  method: 'get',
  id: 'exportProducts',
  tag: 'exports',
  summary: 'Gives all products that match as a file, as a stream',
  description:
    'What stands in `format` comes before `Accept`. Cells that begin as a formula get an apostrophe.',
  query: exportQuery,
  answers: {
    200: {
      description: 'CSV with a head, or one JSON object a line.',
      schema: z.string(),
      types: ['text/csv', 'application/x-ndjson'],
      streamed: true,
      headers: { 'Content-Disposition': 'The name of the file.' },
    },
  },
  errors: [PROBLEMS['not-acceptable']],
})
