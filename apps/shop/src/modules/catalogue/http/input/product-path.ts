import { z } from 'zod'
import { numberedId } from '../../../../http/input/id.js'

export const productPath = z.object({ id: numberedId })
