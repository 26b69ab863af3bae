import { createRouter, type Router } from '../../../../http/framework.js'
import { requirePermission } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { WRITE } from '../contracts/image-contracts.js'
import { readUpload } from '../contracts/upload-contracts.js'
import type { UploadController } from '../controllers/upload-controller.js'

/** `/uploads/:upload` */
export function createUploadRoutes(controller: UploadController): Router {
  const router = createRouter()
  router
    .route('/:upload')
    .get(requirePermission(WRITE.permission), readUpload, controller.read)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
