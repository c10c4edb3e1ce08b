import { useState } from 'preact/hooks'
import { get, send, type Schema, type Sent } from '../api/client'
import { count, day, ends, moment, money, number, percent, words } from '../format'
import { go, place, shop, to } from '../state'
import { Plot } from '../ui/charts'
import { Badge, Card, Dialog, Do, Field, Table } from '../ui/parts'
import { Show, useResource } from '../ui/resource'

type Reading = Schema<'ExperimentResults'>['reading']
type Look = Schema<'ExperimentResults'>['looks'][number]

const tone = (kind?: string) => kind === 'winner' ? 'good' : kind === 'loser' || kind === 'broken' ? 'bad' : 'plain'

export function Experiments() {
  const [key] = place.value.rest
  return key === 'new' ? <><Planner /><Draft /></> : key ? <One key={key} name={key} /> : <List />
}

function List() {
  const all = useResource('experiments', () => get('/api/shops/{shop}/experiments', { shop: shop.value }))
  return <Card wide title="Experiments" note="One runs at a touchpoint at a time. Look as often as you like: the figures stay right." action={<a href={to('experiments', ['new'])}>Plan a new one</a>}>
    <Show of={all} empty={data => data.experiments.length === 0 && <p>None yet. <a href={to('experiments', ['new'])}>Plan the first.</a></p>}>{data =>
      <Table label="Experiments" rows={data.experiments} rowKey={one => one.key} onOpen={one => go(to('experiments', [one.key]))} columns={[
        { name: 'Experiment', cell: one => <a href={to('experiments', [one.key])}>{one.key}</a> }, { name: 'State', cell: one => <Badge tone={one.status === 'running' ? 'good' : 'plain'}>{one.status}</Badge> },
        { name: 'Where', cell: one => words(one.touchpoint) }, { name: 'Varies', cell: one => words(one.element) }, { name: 'Variations', cell: one => one.variations.join(', ') },
        { name: 'Since', cell: one => day(one.started_at) }, { name: 'Conclusion', cell: one => one.conclusion ?? '' }]} />}
    </Show>
  </Card>
}

function One({ name }: { name: string }) {
  const experiment = useResource(name, () => get('/api/shops/{shop}/experiments/{key}', { shop: shop.value, key: name }))
  const started = !!experiment.data?.started_at
  const results = useResource(started ? name : null, () => get('/api/shops/{shop}/experiments/{key}/results', { shop: shop.value, key: name }))
  const [reason, say] = useState('')
  const variation = place.value.rest[1]
  const step = (what: string) => async () => {
    await send('post', '/api/shops/{shop}/experiments/{key}/{step}', { shop: shop.value, key: name, step: what }, { by: 'dashboard', reason: reason || `${what} by hand` })
    await experiment.reload()
  }
  return <>
    <Card wide title={name} action={<a href={to('experiments')}>All experiments</a>}>
      <Show of={experiment}>{({ status, definition, audit }) => <>
        <p><Badge tone={status === 'running' ? 'good' : 'plain'}>{status}</Badge> {definition.hypothesis}</p>
        <Field label="Why (kept in the history)"><input value={reason} maxLength={200} onInput={event => say(event.currentTarget.value)} /></Field>
        <p class="actions">
          {status === 'draft' && <Do act={step('start')} done="It runs.">Start</Do>}
          {status === 'paused' && <Do act={step('resume')} done="It goes on.">Go on</Do>}
          {status === 'running' && <Do kind="quiet" act={step('pause')}>Pause</Do>}
          {['running', 'paused'].includes(status) && <Do kind="danger" act={step('stop')} confirm="A test that was stopped can't go on. Stop it?">Stop</Do>}
          {status === 'stopped' && <Do act={step('conclude')}>Conclude</Do>}
        </p>
        <details><summary>History</summary><ul class="plain">{audit.map(entry => <li>{moment(entry.at)}, {entry.by}: {entry.what}</li>)}</ul></details>
        <details><summary>Definition</summary><pre>{JSON.stringify(definition, null, 2)}</pre></details>
      </>}</Show>
    </Card>
    {started && <Card wide title="How it stands"><Show of={results}>{({ reading, looks }) => <><Results of={reading} name={name} /><Course looks={looks} /></>}</Show></Card>}
    {variation && <Visitors name={name} variation={variation} />}
  </>
}

/** Who is behind the figures of a variation. */
function Visitors({ name, variation }: { name: string, variation: string }) {
  const behind = useResource(`${name} ${variation}`, () => get('/api/shops/{shop}/experiments/{key}/visitors', { shop: shop.value, key: name, variation }))
  return <Dialog title={`Who saw ${variation}`} close={() => go(to('experiments', [name]))}>
    <Show of={behind} empty={data => data.visitors.length === 0 && <p>Nobody has seen it yet.</p>}>{data => <>
      <p class="note">Those who brought most come first. A visitor counts once a week is over since they first saw it.</p>
      <Table label="Visitors" rows={data.visitors} rowKey={one => one.customer} columns={[
        { name: 'Customer', cell: one => <a href={to('offers', ['ledger'], { customer: one.customer })}>{one.customer}</a> }, { name: 'First saw it', cell: one => moment(one.at) },
        { name: 'State', cell: one => <>{one.converted && <Badge tone="good">bought</Badge>} {!one.counted && <Badge>not counted yet</Badge>}</> },
        { name: 'Revenue', numeric: true, cell: one => money(one.revenue) }, { name: 'Margin', numeric: true, cell: one => money(one.margin) }]} />
      {data.more && <p class="note">There are more; these are some of them.</p>}
    </>}</Show>
  </Dialog>
}

function Results({ of: reading, name }: { of: Reading, name: string }) {
  const behind = (variation: string, value: string) => <a href={to('experiments', [name, variation])}>{value}</a>
  return <>
    {reading.verdict && <p class="verdict"><Badge tone={tone(reading.verdict.kind)}>{words(reading.verdict.kind)}</Badge> {reading.verdict.words}</p>}
    {Object.values(reading.harm).map(text => <p class="bad">{text}</p>)}
    <p class="note">Read {moment(reading.at)}. Traffic is {reading.traffic.mismatch ? 'not ' : ''}split as configured (p = {number(reading.traffic.p_value, 3)}).</p>
    <Table label="Variations" rows={reading.variations} rowKey={one => one.name} columns={[
      { name: 'Variation', cell: one => one.name }, { name: 'Shown to', numeric: true, cell: one => behind(one.name, count(one.exposed)) }, { name: 'Counted', numeric: true, cell: one => behind(one.name, count(one.visitors)) },
      { name: 'Conversions', numeric: true, cell: one => behind(one.name, count(one.conversions)) }, { name: 'Rate', numeric: true, cell: one => behind(one.name, percent(one.visitors ? one.conversions / one.visitors : null, 2)) },
      { name: 'Revenue per visitor', numeric: true, cell: one => behind(one.name, money(one.visitors ? one.revenue / one.visitors : null)) }, { name: 'Margin per visitor', numeric: true, cell: one => behind(one.name, money(one.visitors ? one.margin / one.visitors : null)) },
      { name: 'Guardrails', cell: one => <span class="actions">{one.guardrails.map(guard => <Badge tone={guard.verdict === 'pass' ? 'good' : guard.verdict === 'fail' ? 'bad' : 'plain'}>{words(guard.name)}: {words(guard.verdict)}</Badge>)}</span> }]} />
    {reading.treatments.map((treatment, at) => <section>
      <h3>{reading.variations[at + 1]?.name} against {reading.variations[0]?.name}</h3>
      <Forest rows={[
        { name: 'Conversion, relative', at: treatment.conversion.rel_lift, interval: treatment.conversion.lift_ci_log },
        { name: 'Revenue per visitor', at: treatment.revenue_per_visitor.effect, interval: treatment.revenue_per_visitor.ci },
        { name: 'Margin per visitor', at: treatment.margin_per_visitor.effect, interval: treatment.margin_per_visitor.ci },
      ]} />
      <p class="note">If you prefer it so: a chance of {percent(treatment.chance_to_win.chance_to_win)} that it converts better, and {percent(treatment.chance_to_win.expected_loss_treatment, 3)} of conversion given away on average should it not. These intervals are of one look; the verdict above holds at every look.</p>
    </section>)}
  </>
}

const effects = [['conversion', 'Conversion'], ['revenue', 'Revenue per visitor'], ['margin', 'Margin per visitor']] as const

/** Each effect over time, with intervals that hold at every look: who sees no effect leave its band has not been fooled by looking. */
function Course({ looks }: { looks: Look[] }) {
  const of = looks.at(-1)?.treatments ?? []
  const known = effects.filter(([name]) => looks.some(look => look.treatments.some(treatment => treatment[name])))
  if (known.length === 0) return <p class="note">Its course over time begins with 20 conversions in each variation, counted a week after they were shown it.</p>
  return <>
    <h3>Over time</h3>
    <p class="note">The change against control, day by day, with 95 % intervals that hold at all looks together. An effect is shown to be there once its band leaves 0 %.</p>
    <div class="columns">{known.map(([name, title]) => <section><strong>{title}</strong><Plot label={`${title}, change against control`} names={looks.map(look => day(look.at))} format={value => percent(value)} height={200}
      series={[
        ...of.map((treatment, at) => {
          const course = looks.map(look => look.treatments[at]?.[name])
          return { name: treatment.name, values: course.map(effect => effect?.value ?? null), low: course.map(effect => ends(effect?.interval)[0]), high: course.map(effect => ends(effect?.interval)[1]) }
        }),
        { name: 'no effect', values: looks.map(() => 0), dashed: true, colour: 'muted' },
      ]} /></section>)}</div>
  </>
}

interface Effect { name: string, at: number | null, interval: unknown }

/** Each effect as a dot with its interval, each on a scale of its own around no effect. */
function Forest({ rows }: { rows: Effect[] }) {
  const known = rows.flatMap(({ name, at, interval }) => {
    const [low, high] = ends(interval)
    return low === null || high === null ? [] : [{ name, low, high, at: at ?? (low + high) / 2 }]
  })
  if (known.length === 0) return <p class="note">Too little is known yet for an interval.</p>
  const height = known.length * 34 + 10
  return <svg class="forest" viewBox={`0 0 640 ${height}`} role="img" aria-label={known.map(one => `${one.name}: ${number(one.low, 3)} to ${number(one.high, 3)}`).join('; ')}>
    <line class="zero" x1={260} x2={260} y1={0} y2={height} />
    {known.map((one, row) => {
      const reach = Math.max(Math.abs(one.low), Math.abs(one.high)) || 1
      const x = (value: number) => 260 + value / reach * 230
      return <g transform={`translate(0 ${row * 34 + 22})`}>
        <line x1={x(one.low)} x2={x(one.high)} y1={0} y2={0} /><circle cx={x(one.at)} cy={0} r={5} />
        <text x={500} y={4}>{one.name}</text><text class="low" x={x(one.low)} y={-8}>{number(one.low, 3)}</text><text class="low" x={x(one.high)} y={-8}>{number(one.high, 3)}</text>
      </g>
    })}
  </svg>
}

function Planner() {
  const [asked, ask] = useState({ baseline: 0.05, lift: 0.1, daily_visitors: 1000 })
  const plan = useResource(JSON.stringify(asked), () => send('post', '/api/experiments/plan', {}, asked))
  const field = (name: keyof typeof asked, label: string) => <Field label={label}><input type="number" step="any" value={asked[name]} onChange={event => ask({ ...asked, [name]: Number(event.currentTarget.value) })} /></Field>
  return <Card title="How long it takes" note="At 95 % confidence and 80 % power; the sequential test ends early when it can.">
    <div class="filters">{field('baseline', 'Conversion of now (0–1)')}{field('lift', 'Lift worth having (0.1 = 10 %)')}{field('daily_visitors', 'Visitors a day')}</div>
    <Show of={plan}>{data => <div class="stats">
      <div class="stat"><span class="label">At most</span><span class="value">{count(data.plan.n_total_sequential_max)}</span><span class="note">visitors, {count(data.plan.days_max)} days</span></div>
      <div class="stat"><span class="label">If the lift is true</span><span class="value">{count(data.expected_total_if_true && Math.round(data.expected_total_if_true))}</span><span class="note">visitors on average</span></div>
      <div class="stat"><span class="label">If there is none</span><span class="value">{count(data.expected_total_if_none && Math.round(data.expected_total_if_none))}</span><span class="note">visitors on average</span></div>
    </div>}</Show>
  </Card>
}

/** Settings that each element knows, to begin with. */
const starts: Record<string, [string, string, string]> = {
  placement: ['position', 'below', 'above'], pricing_presentation: ['anchor', 'none', 'current_spend'], product_combination: ['ranking', 'popularity', 'affinity'],
  timing: ['delay_days', '7', '14'], copy: ['call_to_action', 'Add it', 'Try it'], incentive: ['discount_percent', '0', '10'],
}

function Draft() {
  const [element, choose] = useState('product_combination')
  const [key, name] = useState('')
  const [touchpoint, set] = useState('product_page')
  const [text, edit] = useState<string>()
  const [setting, control, treatment] = starts[element]
  const made = {
    key, seed: key, touchpoint, element, hypothesis: '',
    variations: [{ name: 'control', weight: 1, settings: { [setting]: control } }, { name: treatment.replaceAll('_', ' '), weight: 1, settings: { [setting]: treatment } }],
  }
  return <Card title="Draft" note="What is varied is a setting of the offer engine; the first variation is control. Nothing runs before it is started.">
    <Field label="Name" hint="a–z, 0–9 and hyphens"><input value={key} onInput={event => name(event.currentTarget.value)} /></Field>
    <Field label="Touchpoint"><select value={touchpoint} onChange={event => set(event.currentTarget.value)}>{['product_page', 'cart_page', 'checkout', 'post_purchase_email', 'onboarding', 'in_app', 'account_page', 'customer_success'].map(one => <option value={one}>{words(one)}</option>)}</select></Field>
    <Field label="What is varied"><select value={element} onChange={event => { choose(event.currentTarget.value); edit(undefined) }}>{Object.keys(starts).map(one => <option value={one}>{words(one)}</option>)}</select></Field>
    <Field label="Definition"><textarea rows={14} spellcheck={false} value={text ?? JSON.stringify(made, null, 2)} onInput={event => edit(event.currentTarget.value)} /></Field>
    <Do act={async () => {
      const definition = JSON.parse(text ?? JSON.stringify(made)) as Sent<'DraftBody'>['definition']
      await send('put', '/api/shops/{shop}/experiments/{key}', { shop: shop.value, key: definition.key }, { by: 'dashboard', definition })
      go(to('experiments', [definition.key]))
    }} done="Kept as a draft.">Keep as a draft</Do>
  </Card>
}
