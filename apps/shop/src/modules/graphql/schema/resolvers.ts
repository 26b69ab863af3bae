import type { CategoryWithCount } from '../../catalogue/domain/category.js'
import type { Product } from '../../catalogue/domain/product.js'
import { positionOf } from '../../catalogue/domain/product-order.js'
import type { CatalogueService } from '../../catalogue/services/catalogue-service.js'
import type { Image } from '../../images/domain/image.js'
import { badArgument, productId, type ProductsArguments, readProductsArguments } from './arguments.js'
import { formatGraphCursor } from './graph-cursor.js'
import type { Loaders } from './loaders.js'

/** What the resolvers of one request share. */
export interface GraphContext extends Record<PropertyKey, unknown> {
  readonly catalogue: CatalogueService
  readonly loaders: Loaders
}

/** Where images are served. */
const IMAGES_PATH = '/images'

/** The root of the graph. What costs a query of its own is a function, and is called when it was asked for. */
export const ROOT = {
  async products(args: ProductsArguments, { catalogue }: GraphContext): Promise<object> {
    const { filter, sort, first, after } = readProductsArguments(args)
    const { items, next } = await catalogue.after(filter, sort, after, first)
    const edges = items.map((product) => ({
      cursor: formatGraphCursor(positionOf(product, sort), sort),
      node: productNode(product),
    }))
    return {
      edges,
      pageInfo: { hasNextPage: next !== null, endCursor: edges.at(-1)?.cursor ?? null },
      totalCount: async () => (await catalogue.page(filter, sort, 1, 1)).total,
    }
  },

  async product({ id }: { readonly id: string }, { loaders }: GraphContext): Promise<object | null> {
    const number = productId(id)
    if (number === null) throw badArgument('id', id, 'the id of a product')
    const product = await loaders.product.load(number)
    return product && productNode(product)
  },

  async categories(_args: unknown, { catalogue }: GraphContext): Promise<readonly object[]> {
    return (await catalogue.categories()).map(categoryNode)
  },
}

function productNode(product: Product): object {
  const { id, sku, name, description, price, stock, version, createdAt, updatedAt, category } = product
  return {
    id,
    sku,
    name,
    description,
    price: { amount: price.toDecimal(), currency: price.currency },
    stock,
    inStock: stock > 0,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    category: {
      slug: category.slug,
      name: category.name,
      // The product knows its category; only the count has to be asked for.
      productCount: async (_args: unknown, { loaders }: GraphContext) =>
        (await loaders.category.load(category.slug))?.products ?? 0,
    },
    images: async (_args: unknown, { loaders }: GraphContext) =>
      (await loaders.images.load(id)).map(imageNode),
  }
}

function categoryNode({ slug, name, products }: CategoryWithCount): object {
  return { slug, name, productCount: products }
}

function imageNode({ id, file, type, width, height, alt }: Image): object {
  return { id, url: `${IMAGES_PATH}/${file}`, type, width, height, alt }
}
