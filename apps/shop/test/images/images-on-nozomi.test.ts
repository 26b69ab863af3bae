import { after } from 'node:test'
import { describeShop } from '../support/describe-shop.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { describeImages } from './images-suite.js'
import { describeUploads } from './uploads-suite.js'

const { path, remove } = temporaryFolder()
after(remove)

await describeShop(
  'images',
  (shop) => {
    describeImages(shop, path)
    describeUploads(shop, path)
  },
  { variables: { IMAGES_DIR: path } },
)
