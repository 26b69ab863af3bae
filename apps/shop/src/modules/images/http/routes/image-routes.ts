import { createRouter, type Router } from '../../../../http/framework.js'
import { requirePermission } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { negotiated } from '../../../../http/representations/representations.js'
import { IMAGE_LIMITS } from '../../domain/image.js'
import { beforeReplacement, beforeUpload, type ImageContracts, WRITE } from '../contracts/image-contracts.js'
import type { ImageController } from '../controllers/image-controller.js'
import type { ImageUpload } from '../upload/image-upload.js'

/** `/products/:product/images`. Who may not, and what can't be, is refused before the form is read. */
export function createProductImageRoutes(
  controller: ImageController,
  upload: ImageUpload,
  { listProductImages, uploadImages, readImage, replaceImage, removeImage }: ImageContracts,
): Router {
  const router = createRouter({ mergeParams: true })
  const mayWrite = requirePermission(WRITE.permission)
  const [one, list] = [negotiated('one'), negotiated('list')]
  router
    .route('/')
    .get(list, listProductImages, controller.list)
    .post(
      [mayWrite, list],
      beforeUpload,
      controller.assertRoom,
      upload.reading(IMAGE_LIMITS.files),
      uploadImages,
      controller.create,
    )
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:image')
    .get(one, readImage, controller.read)
    .put(
      [mayWrite, one],
      beforeReplacement,
      controller.assertImage,
      upload.reading(1),
      replaceImage,
      controller.replace,
    )
    .delete(mayWrite, removeImage, controller.remove)
    .all(allowOnly('DELETE', 'GET', 'HEAD', 'PUT'))
  router.use(upload.failed)
  return router
}

/** `/images`: of several products at once. */
export function createImageListRoutes(controller: ImageController, { listImages }: ImageContracts): Router {
  const router = createRouter()
  router.route('/').get(negotiated('list'), listImages, controller.ofProducts).all(allowOnly('GET', 'HEAD'))
  return router
}
