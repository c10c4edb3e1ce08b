import { useState } from 'preact/hooks'
import { get, type Schema } from '../api/client'
import { count, moment, money, percent, words } from '../format'
import { go, place, shop, to } from '../state'
import { Plot } from '../ui/charts'
import { Badge, Card, Dialog, Field, Table, Tabs } from '../ui/parts'
import { Show, useResource } from '../ui/resource'


type Line = Schema<'LedgerPage'>['items'][number]

export function Offers() {
  const [kind = 'ledger', id] = place.value.rest
  return <>
    <Tabs label="Offers" at={kind === 'decision' ? 'ledger' : kind} tabs={[{ key: 'ledger', name: 'Ledger', href: to('offers') }, { key: 'silence', name: 'Silence', href: to('offers', ['silence']) }]} />
    {kind === 'silence' ? <Silence /> : <LedgerList filter={Object.fromEntries(place.value.query)} />}
    {kind === 'decision' && id && <Decision id={id} />}
  </>
}

function LedgerList({ filter }: { filter: Record<string, string> }) {
  const [pages, setPages] = useState<string[]>([])
  const question = { shop: shop.value, page_size: 50, ...filter, after: pages.at(-1) }
  const page = useResource(JSON.stringify(question), () => get('/api/offers/ledger', question))
  const set = (name: string, value: string) => {
    setPages([])
    go(to('offers', ['ledger'], Object.fromEntries(Object.entries({ ...filter, [name]: value }).filter(([, text]) => text))))
  }
  const open = (line: Line) => go(to('offers', ['decision', line.id], filter))
  return <Card wide title="Every decision, newest first" note="An offer, or a silence with its reason. Arrow keys walk the rows, Enter opens."
    action={<button class="quiet" onClick={() => { setPages([]); void page.reload() }}>Look again</button>}>
    <div class="filters">
      <Field label="Customer"><input type="search" value={filter.customer ?? ''} onChange={event => set('customer', event.currentTarget.value)} /></Field>
      <Field label="Until day"><input type="date" value={filter.until ?? ''} onChange={event => set('until', event.currentTarget.value)} /></Field>
      <Field label="Outcome"><select value={filter.outcome ?? ''} onChange={event => set('outcome', event.currentTarget.value)}><option value="">all</option><option value="offer">offers</option><option value="silence">silences</option></select></Field>
      <Field label="Touchpoint"><select value={filter.touchpoint ?? ''} onChange={event => set('touchpoint', event.currentTarget.value)}><option value="">all</option>
        {['product_page', 'cart_page', 'checkout', 'post_purchase_email', 'onboarding', 'in_app', 'account_page', 'customer_success'].map(name => <option value={name}>{words(name)}</option>)}</select></Field>
    </div>
    <Show of={page} empty={data => data.items.length === 0 && <p>{Object.keys(filter).length > 0 || pages.length > 0 ? 'Nothing fits.' : 'Nothing has been decided in the last days. Decisions come with signals (POST /api/events) and with questions (POST /api/offers/next).'}</p>}>
      {data => <>
        <Table label="Decisions" rows={data.items} rowKey={line => line.id} onOpen={open} columns={[
          { name: 'When', cell: line => <a href={to('offers', ['decision', line.id], filter)}>{moment(line.at)}</a> },
          { name: 'Customer', cell: line => <a href={to('offers', ['ledger'], { customer: line.customer })}>{line.customer}</a> },
          { name: 'Where', cell: line => words(line.touchpoint) },
          { name: 'Offered', cell: line => line.offered ? line.title ?? line.offered : <Badge>silence</Badge> },
          { name: 'Why', cell: line => line.reason },
        ]} />
        <p class="pager"><button disabled={pages.length === 0} onClick={() => setPages(pages.slice(0, -1))}>Back</button><button disabled={!data.next} onClick={() => setPages([...pages, data.next!])}>On</button></p>
      </>}
    </Show>
  </Card>
}

function Decision({ id }: { id: string }) {
  const told = useResource(id, () => get('/api/offers/{id}/explain', { shop: shop.value, id }))
  return <Dialog title="Why" close={() => go(to('offers', ['ledger'], Object.fromEntries(place.value.query)))}>
    <Show of={told}>{({ in_words, decision }) => <>
      <ul class="reasons">{in_words.map(sentence => <li>{sentence}</li>)}</ul>
      {decision.offer && <p><strong>{decision.offer.title ?? decision.offer.target}</strong> <Badge>{words(decision.offer.kind)}</Badge> {money(decision.offer.price?.amount, decision.offer.price?.currency)}<br />{decision.offer.because}</p>}
      {decision.candidates.length > 0 && <Table label="Candidates" rows={decision.candidates} rowKey={one => one.target} columns={[
        { name: 'Candidate', cell: one => one.target }, { name: 'Kind', cell: one => words(one.kind) }, { name: 'Score', numeric: true, cell: one => one.score.toFixed(3) },
        { name: 'From', cell: one => one.source }, { name: 'Refused', cell: one => one.refusal ?? '' }]} />}
      <details><summary>What was seen</summary><dl class="facts">{decision.facts.map(fact => <><dt>{words(fact.name)}</dt><dd>{fact.value}</dd></>)}</dl></details>
      <p class="note">{moment(decision.at)}, {words(decision.touchpoint)}. Rules {decision.sources.rules}{decision.sources.model && <>, learned {decision.sources.model}</>}. <a href={to('offers', ['ledger'], { customer: decision.customer })}>All of this customer’s</a></p>
    </>}</Show>
  </Dialog>
}

function Silence() {
  const silences = useResource('silences', () => get('/api/offers/silences', { shop: shop.value, days: 14 }))
  const throttles = useResource('throttles', () => get('/api/offers/throttles', { shop: shop.value }))
  return <>
    <Card wide title="Why we stayed silent" note="Decisions without an offer in the last 14 days, by the first reason.">
      <Show of={silences} empty={data => Object.keys(data.reasons).length === 0 && <p>No silence in these days.</p>}>{data =>
        <Plot label="Silences by reason" kind="bar" stacked names={data.days} format={value => count(value)} series={Object.entries(data.reasons).map(([reason, values]) => ({ name: words(reason), values }))} />}</Show>
    </Card>
    <Card wide title="Used less" note="What annoyed surely more than is tolerated is shown to fewer customers until it annoys less.">
      <Show of={throttles} empty={data => data.throttles.length === 0 && <p>Nothing annoys.</p>}>{data =>
        <Table label="Throttles" rows={data.throttles} rowKey={one => one.key} columns={[{ name: 'What', cell: one => one.key }, { name: 'Shown to', numeric: true, cell: one => percent(one.share, 0) }, { name: 'Why', cell: one => one.reason }]} />}</Show>
    </Card>
  </>
}
