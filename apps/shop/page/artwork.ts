import type { Product } from './api/catalogue.js'

/**
 * The picture of a product, until it has a photograph: a line drawing of what its name says, on its colour. Words
 * are looked for from the top; the first that the name holds decides.
 */
const DRAWINGS: readonly (readonly [RegExp, string])[] = [
  [/teapot|side-handle/, 'teapot'],
  [/dripper/, 'dripper'],
  [/gooseneck/, 'kettle'],
  [/grinder/, 'grinder'],
  [/tumbler|double-wall/, 'glass'],
  [/bottled ink|bottle|bath salt/, 'bottle'],
  [/caddy|salt pig/, 'tin'],
  [/jug|carafe/, 'jug'],
  [/garden knife|pocket knife|knife/, 'knife'],
  [/cutting board|serving tray/, 'board'],
  [/letter scale/, 'scale'],
  [/pan set/, 'palette'],
  [/steel pan/, 'pan'],
  [/clay pot|stockpot|cook set/, 'pot'],
  [/whetstone|potting tray|cable tray/, 'stone'],
  [/spatula/, 'spatula'],
  [/dinner plate|soap dish/, 'plate'],
  [/chopsticks/, 'chopsticks'],
  [/cutlery/, 'cutlery'],
  [/fire bowl/, 'fire'],
  [/bowl|whisk/, 'bowl'],
  [/curtain/, 'curtain'],
  [/sleeping bag/, 'sleepingbag'],
  [/bedding|cushion|pillow/, 'pillow'],
  [/napkins|towel|blanket|rug|cloth|mat\b/, 'cloth'],
  [/notebook|planner|passport/, 'notebook'],
  [/origami/, 'paper'],
  [/pen roll|wallet/, 'wallet'],
  [/pencil|fountain pen/, 'pen'],
  [/letter set/, 'letter'],
  [/tape/, 'tape'],
  [/ruler/, 'ruler'],
  [/monitor stand/, 'desk'],
  [/pinboard/, 'pin'],
  [/calendar/, 'calendar'],
  [/hourglass/, 'hourglass'],
  [/stool|foot rest|bench/, 'stool'],
  [/chair/, 'chair'],
  [/lantern|paper lights/, 'lantern'],
  [/floor lamp/, 'floorlamp'],
  [/pendant|bulb|night light|wall lamp/, 'pendant'],
  [/head torch/, 'torch'],
  [/lamp|clip light/, 'lamp'],
  [/candle/, 'candle'],
  [/apron|robe/, 'robe'],
  [/soap|sponge/, 'soap'],
  [/razor/, 'razor'],
  [/brush/, 'brush'],
  [/backpack/, 'backpack'],
  [/tote|dry bag|cool bag|wash bag/, 'tote'],
  [/weekend bag|packing/, 'suitcase'],
  [/umbrella/, 'umbrella'],
  [/planter/, 'plant'],
  [/watering/, 'can'],
  [/shears/, 'shears'],
  [/\bsaw\b/, 'saw'],
  [/trowel/, 'trowel'],
  [/seed/, 'leaf'],
  [/gloves/, 'glove'],
  [/bird house/, 'house'],
  [/twine/, 'twine'],
  [/gauge/, 'gauge'],
  [/tent/, 'tent'],
  [/hammock/, 'hammock'],
  [/mug/, 'mug'],
  [/go board|shogi|mahjong/, 'grid'],
  [/cards/, 'cards'],
  [/bullet train/, 'train'],
  [/blocks/, 'blocks'],
  [/puzzle/, 'puzzle'],
  [/kendama/, 'kendama'],
  [/kite/, 'kite'],
  [/rabbit/, 'rabbit'],
  [/spinning top/, 'top'],
  [/music box/, 'music'],
  [/theatre/, 'theatre'],
  [/balance board/, 'board2'],
  [/basket/, 'basket'],
  [/organiser|magazine file/, 'box'],
]

/** For what no word names: the drawing and the colour of its category. */
const CATEGORIES: Readonly<Record<string, readonly [drawing: string, tint: string]>> = {
  'tea-and-coffee': ['teapot', 'moss'],
  kitchen: ['pot', 'steel'],
  tableware: ['plate', 'sand'],
  stationery: ['pen', 'indigo'],
  desk: ['box', 'walnut'],
  lighting: ['lamp', 'mustard'],
  textiles: ['cloth', 'rose'],
  bath: ['soap', 'harbour'],
  'bags-and-travel': ['backpack', 'cognac'],
  garden: ['plant', 'garden'],
  outdoor: ['tent', 'rust'],
  'games-and-toys': ['blocks', 'red'],
}

const TINTS: readonly (readonly [RegExp, string])[] = [
  [/charcoal/, 'charcoal'],
  [/black/, 'black'],
  [/smoke/, 'smoke'],
  [/steel$|zinc/, 'steel'],
  [/white$|clear$|plain$/, 'white'],
  [/natural$|champagne/, 'natural'],
  [/sand$/, 'sand'],
  [/oak$|ash$|beech$|ash handle/, 'beech'],
  [/walnut/, 'walnut'],
  [/cognac|cedar/, 'cognac'],
  [/copper$/, 'copper'],
  [/brass$/, 'brass'],
  [/mustard|yuzu|rainbow/, 'mustard'],
  [/rust$|clay$/, 'rust'],
  [/terracotta$/, 'terracotta'],
  [/red$|carp$|dragon$/, 'red'],
  [/rose$|dusk$|lavender/, 'rose'],
  [/plum$/, 'plum'],
  [/indigo$/, 'indigo'],
  [/harbour$|crane$/, 'harbour'],
  [/sage$|bay leaf/, 'sage'],
  [/moss$|tea$|hinoki$/, 'moss'],
  [/garden$|kitchen$|bees$/, 'garden'],
  [/snow$/, 'snow'],
]

const SVG = 'http://www.w3.org/2000/svg'

/** Draws the picture into an element. It is decoration: what it shows, the name says. */
export function drawArtwork(
  element: HTMLElement,
  { name, category }: Pick<Product, 'name'> & Partial<Product>,
): void {
  const [drawing, tint] = CATEGORIES[category?.slug ?? ''] ?? ['box', 'neutral']
  const words = name.toLowerCase()
  const use = document.createElementNS(SVG, 'use')
  use.setAttribute('href', `/icons.svg#${match(DRAWINGS, words) ?? drawing}`)
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 64 64')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(use)
  element.classList.add('art')
  element.dataset.tint = match(TINTS, words) ?? tint
  element.replaceChildren(svg)
}

function match(table: readonly (readonly [RegExp, string])[], words: string): string | null {
  return table.find(([pattern]) => pattern.test(words))?.[1] ?? null
}
