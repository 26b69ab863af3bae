/** The script of the page: which view belongs to which address. The server answers the page for each of them. */
import { cart } from './cart/cart-store.js'
import { showCart } from './cart/cart-page.js'
import { CataloguePage } from './catalogue/catalogue-page.js'
import { showChat } from './chat/chat-page.js'
import { element } from './dom/elements.js'
import { watchMidnight } from './dom/moment.js'
import { showAdmin } from './admin/admin-page.js'
import { showDeadEvents } from './admin/events-page.js'
import { showNewProduct } from './admin/new-product-page.js'
import { showProductEditor } from './admin/product-editor.js'
import { showStaffOrders } from './admin/staff-orders-page.js'
import { watchHeader } from './frame/header.js'
import { showNotifications } from './notifications/notifications-page.js'
import { showOrder, showStaffOrder } from './orders/order-page.js'
import { showOrders } from './orders/orders-page.js'
import { showProduct } from './product/product-page.js'
import { Router } from './routing/router.js'
import { session } from './session/session.js'
import { destinationIn, isSignInPage } from './sign-in/destination.js'
import { showRegistration, showSignIn } from './sign-in/sign-in-page.js'

// A phone has no room for all filters above the products.
if (matchMedia('(max-width: 900px)').matches) element<HTMLDetailsElement>('#more').open = false

const catalogue = new CataloguePage((address, going) => router.go(address, going))

const router = new Router([
  { path: '/', show: catalogue.show },
  { path: '/products/:id', show: showProduct },
  { path: '/cart', show: showCart },
  { path: '/orders', needs: 'user', show: showOrders },
  { path: '/orders/:id', needs: 'user', show: showOrder },
  { path: '/chat', needs: 'user', show: showChat },
  { path: '/chat/:room', needs: 'user', show: showChat },
  { path: '/notifications', needs: 'user', show: showNotifications },
  { path: '/sign-in', show: showSignIn },
  { path: '/register', show: showRegistration },
  { path: '/admin', needs: 'user', show: showAdmin },
  { path: '/admin/events', needs: 'user', show: showDeadEvents },
  { path: '/admin/orders', needs: 'user', show: showStaffOrders },
  { path: '/admin/orders/:id', needs: 'user', show: showStaffOrder },
  { path: '/admin/products/new', needs: 'user', show: showNewProduct },
  { path: '/admin/products/:id', needs: 'user', show: showProductEditor },
])

watchHeader(router.go)
watchMidnight()
session.onChange((user, elsewhere) => {
  // Another user has another cart.
  cart.load().catch(() => {})
  // Who is signed out sees nothing that was theirs.
  if (user === null) router.again()
  // Somebody signed in in another window: whoever stands before the sign-in here may go on, too.
  else if (elsewhere && isSignInPage(location)) router.go(destinationIn(location), { replace: true })
  else if (elsewhere) router.again()
})
await session.ready
if (session.user === null) cart.load().catch(() => {})
await router.start()
