import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../../http/framework.js'
import { requirePermission } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { negotiated } from '../../../../http/representations/representations.js'
import { IMAGE_LIMITS } from '../../domain/image.js'
import type { ImageController } from '../controllers/image-controller.js'
import { imagePath, imagesPath, imagesQuery } from '../input/image-fields.js'
import type { ImageUpload } from '../upload/image-upload.js'

export const WRITE_PERMISSION = 'catalogue:write'

/** `/products/:product/images`. Who may not, and what can't be, is refused before the form is read. */
export function createProductImageRoutes(controller: ImageController, upload: ImageUpload): Router {
  const router = createRouter({ mergeParams: true })
  const mayWrite = requirePermission(WRITE_PERMISSION)
  const [one, list] = [negotiated('one'), negotiated('list')]
  const ofProduct = validate({ params: imagesPath })
  const ofImage = validate({ params: imagePath })
  router
    .route('/')
    .get(list, ofProduct, controller.list)
    .post(
      mayWrite,
      list,
      ofProduct,
      asserting(controller.assertRoom),
      upload.reading(IMAGE_LIMITS.files),
      controller.create,
    )
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:image')
    .get(one, ofImage, controller.read)
    .put(mayWrite, one, ofImage, asserting(controller.assertImage), upload.reading(1), controller.replace)
    .delete(mayWrite, validate({ params: imagePath, body: null }), controller.remove)
    .all(allowOnly('DELETE', 'GET', 'HEAD', 'PUT'))
  return router
}

/** `/images`: of several products at once. */
export function createImageListRoutes(controller: ImageController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(negotiated('list'), validate({ query: imagesQuery }), controller.ofProducts)
    .all(allowOnly('GET', 'HEAD'))
  return router
}

function asserting<Req>(check: (req: Req) => Promise<void>) {
  return async function asserted(req: Req, _res: unknown, next: () => void): Promise<void> {
    await check(req)
    next()
  }
}
