// The storefront's own component with a sample offer, in a frame of its own. Nothing is asked of a shop or told to it.
import '../../Expansion.Storefront/extensions/expansion/assets/expansion-offer.css'
import '../../Expansion.Storefront/extensions/expansion/assets/expansion-offer.js'
import ar from '../../Expansion.Storefront/extensions/expansion/locales/ar.json'
import de from '../../Expansion.Storefront/extensions/expansion/locales/de.json'
import en from '../../Expansion.Storefront/extensions/expansion/locales/en.default.json'
import es from '../../Expansion.Storefront/extensions/expansion/locales/es.json'
import './widget.css'

export interface Sample { locale: string, title: string, price: number, currency: string }

const words: Record<string, { offer: Record<string, string> }> = { ar, de, en, es }
const { locale, ...offer } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Sample

document.documentElement.lang = locale
document.documentElement.dir = locale === 'ar' ? 'rtl' : 'ltr'
window.fetch = async input => String(input).includes('/offer?') ? Response.json({ id: 'sample', variant: '1', ...offer })
  : String(input).includes('/cart/') ? Response.json({ items: [] }) : new Response(null, { status: 204 })

const element = document.createElement('expansion-offer')
const attributes = { proxy: '/apps/expansion', touchpoint: 'product_page', currency: offer.currency, ...Object.fromEntries(Object.entries(words[locale].offer).map(([name, text]) => [`words-${name}`, text])) }
for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
document.body.append(element)
