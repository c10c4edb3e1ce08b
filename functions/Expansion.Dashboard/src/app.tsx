import { useEffect, useState } from 'preact/hooks'
import { get, keyWanted, Refusal, signedIn, useKey } from './api/client'
import { applyDirection, go, nextTheme, notice, place, rightToLeft, shop, theme, to } from './state'
import { useResource, Show } from './ui/resource'
import { Field } from './ui/parts'
import { Affinity } from './views/affinity'
import { Experiments } from './views/experiments'
import { MetricsView } from './views/metrics'
import { Offers } from './views/offers'
import { Pricing } from './views/pricing'
import { Rules } from './views/rules'
import { Settings } from './views/settings'
import { Today } from './views/today'

const views = [
  { key: 'today', name: 'Today', view: Today },
  { key: 'affinity', name: 'Affinity', view: Affinity },
  { key: 'offers', name: 'Offers', view: Offers },
  { key: 'rules', name: 'Rules', view: Rules },
  { key: 'pricing', name: 'Pricing', view: Pricing },
  { key: 'experiments', name: 'Experiments', view: Experiments },
  { key: 'metrics', name: 'Metrics', view: MetricsView },
  { key: 'settings', name: 'Settings', view: Settings },
]

export function App() {
  useEffect(applyDirection, [rightToLeft.value])
  const at = views.find(view => view.key === place.value.view)
  useEffect(() => {
    document.title = `${at?.name ?? 'Expansion'}${shop.value ? ` – ${shop.value}` : ''}`
    document.querySelector('main')?.focus({ preventScroll: true })
    // On a phone the views are a strip, and the one that is open may lie beside the screen.
    document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [at, shop.value])
  return <>
    <a class="skip" href="#main" onClick={event => { event.preventDefault(); document.querySelector('main')?.focus() }}>To the content</a>
    <header class="top">
      <a class="brand" href={to('today')}>Expansion</a>
      {shop.value && <nav aria-label="Views">{views.map(view =>
        <a href={to(view.key)} aria-current={view === at ? 'page' : undefined}>{view.name}</a>)}</nav>}
      <div class="tools">
        {signedIn.value?.name && <span>{signedIn.value.name}</span>}
        {shop.value && <a href="#/" title="Change the shop">{shop.value}</a>}
        <button class="link" onClick={nextTheme} aria-label={`Colours: ${theme.value}`}>{{ auto: '◐', light: '☀', dark: '☾' }[theme.value]}</button>
        <button class="link" onClick={() => { rightToLeft.value = !rightToLeft.value; applyDirection() }} aria-label="Reading direction">⇄</button>
      </div>
    </header>
    <main id="main" tabIndex={-1}>
      {keyWanted.value ? <SignIn /> : !shop.value ? <Shops /> : at ? <><h1 class="hidden">{at.name}</h1><at.view key={shop.value} /></> : <p class="state empty">There is no view “{place.value.view}”.</p>}
    </main>
    <div class={`notice ${notice.value ? notice.value.bad ? 'bad' : 'good' : 'hidden'}`} role={notice.value?.bad ? 'alert' : 'status'} aria-live="polite">
      {notice.value && <>{notice.value.text}<button class="link" aria-label="Dismiss" onClick={() => { notice.value = null }}>✕</button></>}
    </div>
  </>
}

function Shops() {
  const shops = useResource('shops', () => get('/api/shops', {}).catch(error => {
    // Who may see some shops is told of no others.
    if (error instanceof Refusal && error.status === 403 && signedIn.value) return { shops: signedIn.value.shops }
    throw error
  }))
  return <section class="card narrow">
    <h1>Which shop?</h1>
    <Show of={shops} empty={data => data.shops.length === 0 && <p>There is no shop yet. <code>expansion demo</code> loads a sample; <code>expansion import --shop coffee.example orders.csv</code> your own orders.</p>}>
      {data => <ul class="plain">{data.shops.map(name => <li><a href={to('today', [], {}, name)}>{name}</a></li>)}</ul>}
    </Show>
    <form onSubmit={event => { event.preventDefault(); go(to('settings', [], {}, new FormData(event.currentTarget).get('shop') as string)) }}>
      <Field label="A new one" hint="Letters a–z, digits, dots and hyphens, e.g. coffee.myshopify.com"><input name="shop" required pattern="[a-z0-9.\-]{1,100}" /></Field>
      <button>Open</button>
    </form>
  </section>
}

function SignIn() {
  const [entered, enter] = useState('')
  return <form class="card narrow" onSubmit={event => { event.preventDefault(); useKey(entered) }}>
    <h1>Sign in</h1>
    <p>This app asks for a function key. It is kept until this page is closed or loaded anew, and nowhere else.</p>
    <Field label="Function key"><input type="password" autoComplete="off" required value={entered} onInput={event => enter(event.currentTarget.value)} /></Field>
    <button>Sign in</button>
  </form>
}
