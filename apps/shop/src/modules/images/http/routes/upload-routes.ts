import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../../http/framework.js'
import { requirePermission } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import type { UploadController } from '../controllers/upload-controller.js'
import { WRITE_PERMISSION } from './image-routes.js'
import { uploadPath } from '../input/image-fields.js'

/** `/uploads/:upload` */
export function createUploadRoutes(controller: UploadController): Router {
  const router = createRouter()
  router
    .route('/:upload')
    .get(requirePermission(WRITE_PERMISSION), validate({ params: uploadPath }), controller.read)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
