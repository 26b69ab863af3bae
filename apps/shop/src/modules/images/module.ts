import { asFunction } from 'awilix'
import { API_VERSIONS, type ApiRoutes, type ApiVersion } from '../../http/api.js'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { CatalogueService } from '../catalogue/services/catalogue-service.js'
import type { Configured, ShopModule } from '../module.js'
import type { ImagesConfiguration } from './configuration.js'
import type { ImageRepository } from './domain/repositories.js'
import { FolderImageFiles } from './files/folder-image-files.js'
import { inspect } from './files/inspect.js'
import { imageContracts } from './http/contracts/image-contracts.js'
import { ImageController } from './http/controllers/image-controller.js'
import { UploadController } from './http/controllers/upload-controller.js'
import { IMAGES_PATH } from './http/image-representation.js'
import { IMAGE_PROBLEMS, problemOfImages } from './http/problems.js'
import { createImageFileRoutes } from './http/routes/image-file-routes.js'
import { createImageListRoutes, createProductImageRoutes } from './http/routes/image-routes.js'
import { createUploadRoutes } from './http/routes/upload-routes.js'
import { ImageUpload } from './http/upload/image-upload.js'
import { MemoryImageRepository } from './repositories/memory/memory-image-repository.js'
import { PostgresImageRepository } from './repositories/postgres/postgres-image-repository.js'
import { ImageCleanUp } from './services/image-clean-up.js'
import { ImageService } from './services/image-service.js'
import { UploadProgress } from './services/upload-progress.js'

export interface ImagesCradle {
  readonly imageRepository: ImageRepository
  readonly imageFiles: FolderImageFiles
  readonly images: ImageService
  readonly imageCleanUp: ImageCleanUp
  readonly uploadProgress: UploadProgress
  readonly uploadController: UploadController
}

export interface ImagesNeeds extends Configured<{ readonly images: ImagesConfiguration }> {
  readonly catalogue: CatalogueService
}

type Cradle = PlatformCradle & ImagesCradle & ImagesNeeds

/** Photographs of products: uploading, listing, serving, cleaning up. */
export const imagesModule: ShopModule<ImagesCradle, ImagesNeeds> = {
  name: 'images',

  register: (storage) => ({
    imageRepository: asFunction(() =>
      storage.kind === 'sql'
        ? new PostgresImageRepository(storage.sql)
        : new MemoryImageRepository(storage.memory),
    ).singleton(),
    imageFiles: asFunction(
      ({ configuration }: Cradle) => new FolderImageFiles(configuration.images.folder),
    ).singleton(),
    images: asFunction(
      ({ imageRepository, imageFiles, catalogue, transactions, clock }: Cradle) =>
        new ImageService({
          images: imageRepository,
          imageFiles,
          catalogue,
          transactions,
          clock,
          inspectImage: inspect,
        }),
    ).singleton(),
    imageCleanUp: asFunction(
      ({ imageRepository, imageFiles, clock, log }: Cradle) =>
        new ImageCleanUp({ images: imageRepository, imageFiles, clock, log }),
    ).singleton(),
    uploadProgress: asFunction(({ state, log }: Cradle) => new UploadProgress(state, log)).singleton(),
    uploadController: asFunction(
      ({ uploadProgress }: Cradle) => new UploadController(uploadProgress),
    ).singleton(),
  }),

  api: ({ images, imageFiles, uploadProgress, uploadController }) => {
    const upload = new ImageUpload(imageFiles, uploadProgress)
    const controller = new ImageController(images, upload)
    return [
      ...API_VERSIONS.flatMap((version) => routesOfImages(version, controller, upload)),
      { path: '/uploads', versions: ['v1', 'v2'], router: createUploadRoutes(uploadController) },
    ]
  },

  site: ({ imageFiles }) => [{ path: IMAGES_PATH, router: createImageFileRoutes(imageFiles.keptFolder) }],

  problems: IMAGE_PROBLEMS,
  problemOf: problemOfImages,

  workers: ({ imageCleanUp, uploadController }) => [
    imageCleanUp,
    {
      name: 'upload progress streams',
      start: async () => {},
      drain: uploadController.drain,
      stop: async () => {},
    },
  ],
}

function routesOfImages(
  version: ApiVersion,
  controller: ImageController,
  upload: ImageUpload,
): readonly ApiRoutes[] {
  const contracts = imageContracts(version)
  return [
    {
      path: '/products/:product/images',
      versions: [version],
      router: createProductImageRoutes(controller, upload, contracts),
    },
    { path: '/images', versions: [version], router: createImageListRoutes(controller, contracts) },
  ]
}
