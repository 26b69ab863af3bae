/** The script of the page: which view belongs to which address, and what the keys do. */
import { follow } from './data/live.js'
import { Search } from './data/search.js'
import { Store } from './data/store.js'
import { element } from './dom/create.js'
import { Frame } from './views/frame.js'
import { ExplainView } from './views/explain-view.js'
import { IncidentsView } from './views/incidents-view.js'
import { RequestsView } from './views/requests-view.js'
import { RoutesView } from './views/routes-view.js'

const store = new Store()
const search = new Search(() => store.tell())
const frame = new Frame(store, [
  { name: 'requests', title: 'Requests', view: new RequestsView(store, search) },
  { name: 'incidents', title: 'Incidents', view: new IncidentsView(store, search) },
  { name: 'routes', title: 'Routes', view: new RoutesView(search) },
  { name: 'explain', title: 'Explain', view: new ExplainView() },
])

const input = element<HTMLInputElement>('search')
input.addEventListener('input', () => search.set(input.value))
input.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') frame.focusMain()
})

frame.start()
follow(store)
