import { buildSchema } from 'graphql'

export const DEFAULT_FIRST = 24
export const MAX_FIRST = 100

/** The catalogue as a graph. Reading only: what changes it goes through the API, with its preconditions. */
export const SCHEMA = buildSchema(`
  type Query {
    "Products that match, in an order, after a cursor."
    products(
      filter: ProductFilter
      orderBy: ProductOrder! = NAME
      descending: Boolean! = false
      "1 to ${MAX_FIRST}"
      first: Int! = ${DEFAULT_FIRST}
      "The endCursor of a list in the same order."
      after: String
    ): ProductConnection!

    "Null when there is none."
    product(id: ID!): Product

    "All categories, by name."
    categories: [Category!]!
  }

  input ProductFilter {
    "Words that must all be in name, text or SKU."
    q: String
    "The slug of a category."
    category: ID
    "In the minor unit of the currency; included."
    minPrice: Int
    "In the minor unit of the currency; included."
    maxPrice: Int
    inStock: Boolean
  }

  enum ProductOrder { NAME PRICE STOCK CREATED }

  type ProductConnection {
    edges: [ProductEdge!]!
    pageInfo: PageInfo!
    "How many match in all; counted when it is asked for."
    totalCount: Int!
  }

  type ProductEdge {
    cursor: String!
    node: Product!
  }

  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }

  type Product {
    id: ID!
    sku: String!
    name: String!
    description: String!
    category: Category!
    price: Price!
    inStock: Boolean!
    stock: Int!
    images: [Image!]!
    version: Int!
    createdAt: String!
    updatedAt: String!
  }

  type Price {
    "A decimal number: 12.90"
    amount: String!
    currency: String!
  }

  type Category {
    slug: ID!
    name: String!
    productCount: Int!
  }

  type Image {
    id: ID!
    url: String!
    type: String!
    width: Int!
    height: Int!
    "What it shows, for who can't see it."
    alt: String!
  }
`)
