import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, type SimulationNodeDatum } from 'd3-force'
import { useMemo, useState } from 'preact/hooks'
import { download, get, send, type Schema } from '../api/client'
import { count, number, percent, words } from '../format'
import { go, place, shop, tell, to } from '../state'
import { Plot, Strip } from '../ui/charts'
import { Badge, Card, Dialog, Do, Field, Stat, Table, Tabs, type Column } from '../ui/parts'
import { Show, useResource, type Resource } from '../ui/resource'

export interface Pair {
  a: string, b: string, title_a?: string, title_b?: string, count_ab?: number, count_a?: number, count_b?: number, support?: number, confidence_ab?: number, confidence_ba?: number
  lift?: number, lift_low?: number, lift_high?: number, q?: number, seasonal?: boolean, trend?: string, both_by_month?: number[], touchpoint_ab?: string, touchpoint_ba?: string
  price_a?: number, currency_a?: string, price_b?: number, currency_b?: string, verdict?: Verdict, actionable: boolean
}
type Verdict = 'approved' | 'rejected' | 'pinned'

type Page = Omit<Schema<'PairsAnswer'>, 'items'> & { items: Pair[] }
type Generation = Page['generation']

/** The document says of a pair's numbers only that they have names, which are those of the file of pairs. */
const getPairs = async (asked: Parameters<typeof get<'/api/affinity/pairs'>>[1]) => await get('/api/affinity/pairs', asked) as unknown as Page

export const title = (pair: Pair, side: 'a' | 'b') => pair[`title_${side}`] ?? pair[side]
const monthNames = (generation: Generation, months: number) => Array.from({ length: months }, (_, at) => {
  const [year, month] = generation.from.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + at)).toISOString().slice(0, 7)
})

export async function decide(pair: { a: string, b: string }, verdict: Verdict | null, note = '') {
  const query = { shop: shop.value }
  if (verdict) await send('post', '/api/affinity/decisions', query, { a: pair.a, b: pair.b, verdict, note: note || undefined, author: 'dashboard' })
  else await send('delete', '/api/affinity/decisions', { ...query, a: pair.a, b: pair.b })
}

export function Affinity() {
  const [kind = 'table'] = place.value.rest
  return <>
    <Tabs label="Affinity" at={kind === 'product' ? 'table' : kind} tabs={[
      { key: 'table', name: 'Pairs', href: to('affinity') }, { key: 'network', name: 'Network', href: to('affinity', ['network']) },
      { key: 'review', name: 'To review', href: to('affinity', ['table'], { verdict: 'none', actionable: 'true' }) }]} />
    {kind === 'network' ? <Network /> : kind === 'product' ? <ProductPage sku={place.value.rest[1]} /> : <Pairs filter={Object.fromEntries(place.value.query)} />}
  </>
}

const columns = (generation: Generation): Column<Pair>[] => [
  { name: 'Products', cell: pair => <><a href={to('affinity', ['product', pair.a])}>{title(pair, 'a')}</a> + <a href={to('affinity', ['product', pair.b])}>{title(pair, 'b')}</a></> },
  { name: 'Orders', sort: 'count', numeric: true, cell: pair => count(pair.count_ab) },
  { name: 'Support', sort: 'support', numeric: true, cell: pair => percent(pair.support) },
  { name: 'Confidence', sort: 'confidence', numeric: true, title: 'Share of the orders with the one that hold the other, each way', cell: pair => <>{percent(pair.confidence_ab, 0)} / {percent(pair.confidence_ba, 0)}</> },
  { name: 'Lift', sort: 'shrunken_lift', numeric: true, title: 'How many times more often than by chance, with the 95 % interval; sorted by the lift that few sightings count little for', cell: pair => <>{number(pair.lift)} <small>({number(pair.lift_low)}–{number(pair.lift_high)})</small></> },
  { name: 'By month', cell: pair => pair.both_by_month && <Strip values={pair.both_by_month} names={monthNames(generation, pair.both_by_month.length)} /> },
  { name: 'Where', cell: pair => <>{words(pair.touchpoint_ab)}{pair.touchpoint_ba !== pair.touchpoint_ab && <> / {words(pair.touchpoint_ba)}</>}</> },
  { name: 'State', cell: pair => <>{pair.verdict && <Badge tone={pair.verdict === 'rejected' ? 'bad' : 'good'}>{pair.verdict}</Badge>} {pair.seasonal && <Badge tone="warn">seasonal</Badge>} {pair.actionable && !pair.verdict && <Badge>actionable</Badge>}</> },
]

function Pairs({ filter, product }: { filter: Record<string, string>, product?: string }) {
  const [sort, setSort] = useState({ by: 'shrunken_lift', desc: true })
  const [pages, setPages] = useState<string[]>([])
  const [open, setOpen] = useState<Pair>()
  const question = { shop: shop.value, page_size: 50, sort: sort.by, desc: sort.desc ? undefined : false, product, ...filter, after: pages.at(-1) }
  const page = useResource(JSON.stringify(question), () => getPairs(question))
  const set = (name: string, value: string) => {
    setPages([])
    const query = { ...filter, [name]: value }
    go(to('affinity', place.value.rest, Object.fromEntries(Object.entries(query).filter(([, text]) => text))))
  }
  const judge = async (pair: Pair, verdict: Verdict | null) => {
    try {
      await decide(pair, verdict)
      tell(`${title(pair, 'a')} + ${title(pair, 'b')}: ${verdict ?? 'the numbers decide again'}.`)
      await page.reload()
    } catch (error) { tell((error as Error).message, true) }
  }
  const keys: Record<string, Verdict | null> = { a: 'approved', r: 'rejected', p: 'pinned', u: null }
  return <Card wide title={product ? 'Its partners' : 'Pairs'} note="Arrow keys walk the rows; a approves, r rejects, p pins, u takes it back, Enter explains."
    action={<Do kind="quiet" act={() => download('/api/affinity/pairs/export', { shop: shop.value, format: 'csv', ...filter, product }, 'pairs.csv')}>CSV</Do>}>
    {!product && <div class="filters">
      <Field label="Product (SKU)"><input type="search" value={filter.product ?? ''} onChange={event => set('product', event.currentTarget.value)} /></Field>
      <Field label="Lift from"><input type="number" min="0" step="0.1" value={filter.min_lift ?? ''} onChange={event => set('min_lift', event.currentTarget.value)} /></Field>
      <Field label="Support from (0–1)"><input type="number" min="0" max="1" step="0.001" value={filter.min_support ?? ''} onChange={event => set('min_support', event.currentTarget.value)} /></Field>
      <Choice label="Where" value={filter.touchpoint} set={value => set('touchpoint', value)} of={['product_page', 'cart_page', 'post_purchase_email', 'onboarding']} />
      <Choice label="Verdict" value={filter.verdict} set={value => set('verdict', value)} of={['none', 'approved', 'rejected', 'pinned']} />
      <Choice label="Season" value={filter.seasonal} set={value => set('seasonal', value)} of={['true', 'false']} names={['only seasonal', 'not seasonal']} />
      <Choice label="Trend" value={filter.trend} set={value => set('trend', value)} of={['rising', 'steady', 'fading']} />
      <Choice label="Actionable" value={filter.actionable} set={value => set('actionable', value)} of={['true', 'false']} names={['yes', 'no']} />
    </div>}
    <Show of={page} missing={<NotLearned />} empty={data => data.total === 0 && <p>No pair fits. {Object.keys(filter).length > 0 ? <a href={to('affinity')}>Show all.</a> : 'Orders with two or more products are needed.'}</p>}>
      {data => <>
        <p class="note">{count(data.total)} pairs, learned from {count(data.generation.baskets)} orders, {data.generation.from} to {data.generation.to}.</p>
        <Table label="Pairs of products" columns={columns(data.generation)} rows={data.items} rowKey={pair => `${pair.a}\t${pair.b}`} onOpen={setOpen}
          sort={{ by: sort.by, desc: sort.desc, set: by => { setPages([]); setSort({ by, desc: sort.by === by ? !sort.desc : true }) } }}
          onKey={(pair, key) => { if (key in keys) void judge(pair, keys[key]) }} />
        <p class="pager">
          <button disabled={pages.length === 0} onClick={() => setPages(pages.slice(0, -1))}>Back</button>
          <span>Page {pages.length + 1} of {Math.max(1, Math.ceil(data.total / 50))}</span>
          <button disabled={!data.next} onClick={() => setPages([...pages, data.next!])}>On</button>
        </p>
      </>}
    </Show>
    {open && <Explain pair={open} close={() => setOpen(undefined)} judge={verdict => judge(open, verdict)} />}
  </Card>
}

const Choice = ({ label, value, of, names, set }: { label: string, value?: string, of: string[], names?: string[], set: (value: string) => void }) =>
  <Field label={label}><select value={value ?? ''} onChange={event => set(event.currentTarget.value)}>
    <option value="">all</option>{of.map((option, at) => <option value={option}>{names?.[at] ?? words(option)}</option>)}
  </select></Field>

export const NotLearned = () => <>
  <p>Nothing has been learned of this shop yet.</p>
  <p><a href={to('settings')}>Import orders and learn from them</a>; a few thousand orders take seconds.</p>
</>

export function Explain({ pair, close, judge }: { pair: Pair, close: () => void, judge: (verdict: Verdict | null) => Promise<void> }) {
  const told = useResource(`${pair.a}\t${pair.b}`, () => get('/api/affinity/explain', { shop: shop.value, a: pair.a, b: pair.b }))
  const end = (verdict: Verdict | null) => async () => { await judge(verdict); close() }
  return <Dialog title={`${title(pair, 'a')} + ${title(pair, 'b')}`} close={close}>
    <Show of={told}>{data => <>
      <ul class="reasons">{data.verdict.map(sentence => <li>{sentence}</li>)}</ul>
      {data.a_to_b && <p><strong>To who buys {data.a.title ?? data.a.sku}: {words(data.a_to_b.touchpoint)}.</strong> {data.a_to_b.reason}</p>}
      {data.b_to_a && <p><strong>To who buys {data.b.title ?? data.b.sku}: {words(data.b_to_a.touchpoint)}.</strong> {data.b_to_a.reason}</p>}
      {data.months && <Plot label="Orders with both, by month" names={data.months.map(month => month.month)} format={value => number(value, value % 1 ? 1 : 0)} height={180}
        series={[{ name: 'both', values: data.months.map(month => month.both) }, { name: 'expected by chance', values: data.months.map(month => month.expected), dashed: true }]} />}
    </>}</Show>
    <p class="actions"><Do act={end('approved')}>Approve</Do><Do act={end('pinned')} kind="quiet">Pin</Do><Do act={end('rejected')} kind="danger">Reject</Do>{pair.verdict && <Do act={end(null)} kind="quiet">Take back</Do>}</p>
  </Dialog>
}


function ProductPage({ sku }: { sku: string }) {
  const picks = useResource(sku, () => get('/api/recommendations', { shop: shop.value, product: sku, limit: 6 }))
  return <>
    <Card title={sku} note="What is recommended beside it now, and why.">
      <Show of={picks} missing={<NotLearned />} empty={data => data.items.length === 0 && <p>Nothing can be recommended yet.</p>}>
        {data => <ol class="picks">{data.items.map(pick => <li><a href={to('affinity', ['product', pick.sku])}>{pick.title ?? pick.sku}</a> <Badge>{words(pick.source)}</Badge><br /><small>{pick.reason}</small></li>)}</ol>}
      </Show>
    </Card>
    <Pairs filter={{}} product={sku} />
  </>
}

interface Node extends SimulationNodeDatum { id: string, title: string, orders: number }

function Network() {
  const question = { shop: shop.value, page_size: 60, seasonal: false, max_q: 0.05 }
  const page = useResource('network', () => getPairs(question))
  return <Card wide title="The strongest pairs" note="A line is a pair, the thicker the higher its lift; a dot is a product, the larger the more orders hold it. Every product can be opened.">
    <Show of={page} missing={<NotLearned />} empty={data => data.items.length === 0 && <p>No pair yet.</p>}>{data => <Graph pairs={data.items} />}</Show>
  </Card>
}

function Graph({ pairs }: { pairs: Pair[] }) {
  const [width, height] = [1000, 640]
  const { nodes, links } = useMemo(() => {
    const all = new Map<string, Node>()
    for (const pair of pairs) for (const side of ['a', 'b'] as const) {
      if (!all.has(pair[side])) all.set(pair[side], { id: pair[side], title: title(pair, side), orders: (side === 'a' ? pair.count_a : pair.count_b) ?? 0 })
    }
    const nodes = [...all.values()]
    const links = pairs.map(pair => ({ source: all.get(pair.a)!, target: all.get(pair.b)!, pair }))
    forceSimulation(nodes).force('link', forceLink(links).distance(110)).force('charge', forceManyBody().strength(-220)).force('collide', forceCollide(38)).force('center', forceCenter(width / 2, height / 2)).stop().tick(250)
    const [xs, ys] = [nodes.map(node => node.x!), nodes.map(node => node.y!)]
    const fit = (value: number, all: number[], size: number) => 30 + (value - Math.min(...all)) / Math.max(1, Math.max(...all) - Math.min(...all)) * (size - 60)
    nodes.forEach((node, at) => { [node.x, node.y] = [fit(xs[at], xs, width), fit(ys[at], ys, height)] })
    return { nodes, links }
  }, [pairs])
  const most = Math.max(1, ...nodes.map(node => node.orders))
  return <svg class="network" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${nodes.length} products joined by ${links.length} pairs; the table of pairs holds the same`}>
    {links.map(link => <line x1={link.source.x} y1={link.source.y} x2={link.target.x} y2={link.target.y} stroke-width={Math.min(7, 0.8 + Math.log2(link.pair.lift ?? 1))}><title>{`${link.source.title} + ${link.target.title}: lift ${number(link.pair.lift)}`}</title></line>)}
    {nodes.map(node => <a href={to('affinity', ['product', node.id])}><title>{`${node.title}: ${count(node.orders)} orders`}</title>
      <circle cx={node.x} cy={node.y} r={5 + 12 * Math.sqrt(node.orders / most)} /><text x={node.x} y={node.y! - 9 - 12 * Math.sqrt(node.orders / most)}>{node.title.length > 24 ? `${node.title.slice(0, 23)}…` : node.title}</text></a>)}
  </svg>
}

export const Summary = ({ of }: { of: Resource<Schema<'SummaryAnswer'>> }) =>
  <Show of={of} missing={<NotLearned />}>{({ summary }) => <>
    <div class="stats"><Stat label="Sound pairs" value={count(summary.sound)} href={to('affinity', ['table'], { max_q: '0.05' })} /><Stat label="Actionable" value={count(summary.actionable)} href={to('affinity', ['table'], { actionable: 'true' })} />
      <Stat label="Only a season" value={count(summary.seasonal)} href={to('affinity', ['table'], { seasonal: 'true' })} /></div>
    {summary.words.map(sentence => <p class="note">{sentence}</p>)}
  </>}</Show>
