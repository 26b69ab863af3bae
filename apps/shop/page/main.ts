/** The script of the page at `/`. */
import { CataloguePage } from './catalogue-page.js'
import { element } from './elements.js'
import { watchDetail } from './product-detail.js'

// A phone has no room for all filters above the products.
if (matchMedia('(max-width: 900px)').matches) element<HTMLDetailsElement>('#more').open = false

watchDetail()
void new CataloguePage().start()
