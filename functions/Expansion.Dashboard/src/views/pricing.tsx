import { useState } from 'preact/hooks'
import { download, get, send, type Schema, type Sent } from '../api/client'
import { count, money, number, percent } from '../format'
import { go, place, shop, to } from '../state'
import type { Sample } from '../widget'
import { Badge, Card, Dialog, Do, Field, Table, Tabs } from '../ui/parts'
import { Show, useResource } from '../ui/resource'

type Bundle = Schema<'BundleAnswer'>['bundles'][number]

const Amount = ({ of }: { of?: { amount: number, currency: string } | null }) => <>{money(of?.amount, of?.currency)}</>

/** What a margin is made of: what is paid, less what it costs. */
const Margin = ({ of, lines, note, back }: { of: string, lines: [string, number | null | undefined][], note?: string, back: string[] }) => <Dialog title={`Margin of ${of}`} close={() => go(to('pricing', back))}>
  <Table label="What the margin is made of" rows={lines} rowKey={([name]) => name} columns={[{ name: 'Part', cell: ([name]) => name }, { name: 'Amount', numeric: true, cell: ([, amount]) => number(amount, 2) }]} />
  {note && <p class="note">{note}</p>}
</Dialog>

export function Pricing() {
  const [kind = 'plans'] = place.value.rest
  return <>
    <Tabs label="Pricing" at={kind} tabs={[{ key: 'plans', name: 'Plans', href: to('pricing') }, { key: 'bundles', name: 'Bundles', href: to('pricing', ['bundles']) }, { key: 'preview', name: 'Preview', href: to('pricing', ['preview']) }]} />
    {kind === 'bundles' ? <BundleList /> : kind === 'preview' ? <Preview /> : <Plans />}
  </>
}

function Plans() {
  const ladder = useResource('ladder', () => get('/api/shops/{shop}/plans/analysis', { shop: shop.value }))
  const plans = useResource('plans', () => get('/api/shops/{shop}/plans', { shop: shop.value }))
  const [text, edit] = useState<string>()
  const opened = ladder.data?.analysis.rungs.find(rung => rung.plan === place.value.rest[1])
  return <>
    {opened && <Margin of={opened.plan} back={[]} note={`In ${opened.monthly.currency}, a month.`}
      lines={[['Price', opened.monthly.amount], ['Cost', opened.margin && opened.margin.amount - opened.monthly.amount], ['Margin', opened.margin?.amount]]} />}
    <Card wide title="Plan ladder" note="What the plans shown do to the choice among them. A suggestion never names a plan that can’t be bought.">
      <Show of={ladder} empty={data => data.analysis.rungs.length === 0 && <p>{data.suggestion.reason} Enter the plans below.</p>}>{data => <>
        <Table label="Plans" rows={data.analysis.rungs} rowKey={rung => rung.plan} columns={[
          { name: 'Plan', cell: rung => <>{rung.plan} {rung.plan === data.analysis.target && <Badge tone="good">target</Badge>} {rung.plan === data.suggestion.highlight && <Badge>highlight</Badge>}</> },
          { name: 'A month', numeric: true, cell: rung => <Amount of={rung.monthly} /> },
          { name: 'Times the one below', numeric: true, cell: rung => number(rung.ratio_to_previous, 2) },
          { name: 'Per feature', numeric: true, cell: rung => number(rung.price_per_feature, 2) },
          { name: 'Per added feature', numeric: true, cell: rung => number(rung.price_per_added_feature, 2) },
          { name: 'Share', numeric: true, cell: rung => percent(rung.share, 0) },
          { name: 'Margin', numeric: true, cell: rung => rung.margin ? <a href={to('pricing', ['plans', rung.plan])}><Amount of={rung.margin} /></a> : <Amount /> },
          { name: 'Saved by the year', numeric: true, cell: rung => percent(rung.annual_discount, 0) },
        ]} />
        <ul class="reasons">{data.analysis.effects.map(effect => <li><Badge>{effect.effect.replaceAll('_', ' ')}</Badge> {effect.reason}</li>)}</ul>
        <p><strong>Suggestion: {data.suggestion.plans.join(', ') || 'none'}.</strong> {data.suggestion.reason}</p>
      </>}</Show>
    </Card>
    <Card wide title="The ladder itself" note="As JSON; what is wrong with it is said on saving.">
      <Show of={plans}>{data => <>
        <Field label="Plans"><textarea rows={12} spellcheck={false} value={text ?? JSON.stringify(data, null, 2)} onInput={event => edit(event.currentTarget.value)} /></Field>
        <Do done="Saved." act={async () => {
          await send('put', '/api/shops/{shop}/plans', { shop: shop.value }, text === undefined ? data : JSON.parse(text) as Sent<'PlanLadder'>)
          edit(undefined)
          await Promise.all([plans.reload(), ladder.reload()])
        }}>Save</Do>
      </>}</Show>
    </Card>
  </>
}

const bundleTitle = (bundle: Bundle) => bundle.items.map(item => item.title ?? item.sku).join(' + ')

const BundleMargin = ({ of: bundle }: { of: Bundle }) => <Margin of={bundleTitle(bundle)} back={['bundles']}
  lines={[
    ...bundle.items.map((item): [string, number] => [`${item.title ?? item.sku}, by itself`, item.price.amount]), ['Saving', -bundle.saving.amount], ['Price', bundle.price.amount],
    [bundle.cost_assumed ? 'Costs, partly by the assumed margin' : 'Costs', bundle.margin.amount - bundle.price.amount], ['Margin', bundle.margin.amount]]}
  note={`In ${bundle.price.currency}. Times ${number(bundle.takers_per_month)} orders a month that hold all of it: ${money(bundle.expected_margin.amount, bundle.expected_margin.currency)} a month, by which bundles are ranked.`} />

function BundleList() {
  const bundles = useResource('bundles', () => get('/api/shops/{shop}/bundles', { shop: shop.value, limit: 100 }))
  const opened = bundles.data?.bundles.find(bundle => bundle.id === place.value.rest[1])
  const reasons = Object.entries(bundles.data?.left_out ?? {}).map(([reason, times]) => `${count(times)} ${reason}`).join('; ')
  return <Card wide title="Bundles" note={reasons && `Left out: ${reasons}.`} action={<span class="actions">
    <Do kind="quiet" act={() => download('/api/shops/{shop}/bundles/export', { shop: shop.value }, 'bundles.csv')}>For Shopify</Do>
    <Do done="They are being made; look again in some seconds." act={() => send('post', '/api/shops/{shop}/bundles', { shop: shop.value })}>Make anew</Do></span>}>
    <Show of={bundles} empty={data => data.bundles.length === 0 && <p>No bundle yet. Products need a price and a cost (<code>POST product-terms</code>, or an assumed margin in the settings of pricing) and complements.</p>}>
      {data => <Table label="Bundles" rows={data.bundles} rowKey={bundle => bundle.items.map(item => item.sku).join(' ')} columns={[
        { name: 'Products', cell: bundleTitle },
        { name: 'Each', cell: bundle => bundle.items.map(item => money(item.price.amount, item.price.currency)).join(' + ') },
        { name: 'Price', numeric: true, cell: bundle => <><s><Amount of={bundle.sum} /></s> <Amount of={bundle.price} /></> },
        { name: 'Saving', numeric: true, cell: bundle => <Amount of={bundle.saving} /> },
        { name: 'Margin', numeric: true, cell: bundle => <a href={to('pricing', ['bundles', bundle.id])}><Amount of={bundle.margin} /></a> },
        { name: 'Takers a month', numeric: true, cell: bundle => number(bundle.takers_per_month) },
      ]} />}
    </Show>
    {opened && <BundleMargin of={opened} />}
  </Card>
}

/** The storefront's component as it is, with the offer that is being written. */
const Storefront = ({ of }: { of: Sample }) => {
  const address = `/api/dashboard/widget.html#${encodeURIComponent(JSON.stringify(of))}`
  return <figure class="plot"><figcaption class="note">In the storefront, as the widget shows it</figcaption><iframe key={address} class="storefront" title="Storefront widget" sandbox="allow-scripts allow-same-origin" src={address} /></figure>
}

const example = { offer: { kind: 'upgrade', sku: 'pro', product: 'Pro', price: { amount: 50, currency: 'USD' }, gain: 'unlimited users' } }

function Preview() {
  const [text, edit] = useState(JSON.stringify(example, null, 2))
  const [locale, choose] = useState('en')
  const [asked, ask] = useState({ text, locale })
  const shown = useResource(JSON.stringify(asked), async () => {
    const preview = { ...JSON.parse(asked.text) as Sent<'OfferPreview'>, locale: asked.locale }
    return { preview, answer: await send('post', '/api/shops/{shop}/offers/preview', { shop: shop.value }, preview) }
  })
  return <Card wide title="How an offer looks" note="As a customer would see it, or why it may not be shown. Nothing is stored.">
    <div class="columns">
      <div>
        <Field label="Language"><select value={locale} onChange={event => { choose(event.currentTarget.value); ask({ text, locale: event.currentTarget.value }) }}>
          {[['en', 'English'], ['de', 'Deutsch'], ['es', 'Español'], ['ar', 'العربية']].map(([code, name]) => <option value={code}>{name}</option>)}</select></Field>
        <Field label="Offer (JSON)"><textarea rows={12} spellcheck={false} value={text} onInput={event => edit(event.currentTarget.value)} /></Field>
        <button onClick={() => ask({ text, locale })}>Show</button>
      </div>
      <Show of={shown}>{({ preview: { offer, locale }, answer }) => answer.text
        ? <>
          <div class="preview" lang={locale} dir={locale === 'ar' ? 'rtl' : 'ltr'}>{answer.text.split('\n').map((line, at) => at === 0 ? <h3>{line}</h3> : <p>{line}</p>)}</div>
          <Storefront of={{ locale: locale!, title: offer.product, price: offer.price.amount ?? 0, currency: offer.price.currency ?? 'USD' }} />
        </>
        : <div class="preview"><p><Badge tone="bad">not shown</Badge></p><ul class="reasons">{answer.decision.refusals.map(refusal => <li>{refusal.reason}</li>)}</ul></div>}</Show>
    </div>
  </Card>
}
