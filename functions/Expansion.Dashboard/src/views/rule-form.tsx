import type { ComponentChildren } from 'preact'
import type { Schema } from '../api/client'
import { words } from '../format'
import { Field } from '../ui/parts'

export type Fact = Schema<'RuleList'>['facts'][number]
type FactTest = { fact: string } & Record<string, unknown>
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | FactTest
export interface RuleDocument { id: string, name?: string, enabled?: boolean, touchpoints?: string[], when: Condition, then: Record<string, unknown> }

const touchpoints = ['product_page', 'cart_page', 'checkout', 'post_purchase_email', 'onboarding', 'in_app', 'account_page', 'customer_success']
const actions = [
  { name: 'recommend_product', label: 'recommend a product', asks: 'SKU', start: '' },
  { name: 'recommend_plan', label: 'recommend a plan', asks: 'Plan', start: '' },
  { name: 'annual_upgrade', label: 'recommend paying by the year', asks: '', start: true },
  { name: 'reach_cart_total', label: 'recommend what brings the cart to a worth', asks: 'Worth of the cart', start: 100 },
]

const groups = { all: 'all of these hold', any: 'any of these holds', not: 'this does not hold' }
type Group = keyof typeof groups
const groupOf = (condition: Condition) => (Object.keys(groups) as Group[]).find(name => name in condition)
const partsOf = (condition: Condition): Condition[] => 'all' in condition ? condition.all as Condition[] : 'any' in condition ? condition.any as Condition[] : 'not' in condition ? [condition.not as Condition] : []

const startOf = (kind: string, test: string) => kind === 'flag' ? true : kind === 'text' ? '' : test === 'between' ? [0, 100] : 0
/** Null while there is none: what is missing the app names. */
const numberIn = (input: HTMLInputElement) => input.value === '' ? null : Number(input.value)
const isOptional = (parameter: string) => parameter.endsWith('?')
export const blankTest = (fact: Fact): FactTest => ({
  fact: fact.name, ...Object.fromEntries(fact.parameters.filter(name => !isOptional(name)).map(name => [name, name === 'days' ? 30 : ''])), [fact.tests[0]]: startOf(fact.kind, fact.tests[0]),
})

interface Props { of: Condition, path: string, facts: Fact[], errors: Record<string, string[]>, change: (next: Condition) => void, action?: ComponentChildren }

/** A condition and what is below it: all, any, not, or a test of one fact, with only those inputs that fit the fact's kind. A mistake stands at the input of its path. */
export function ConditionForm({ of, path, facts, errors, change, action }: Props) {
  const group = groupOf(of)
  const parts = partsOf(of)
  const choose = (name: string) => {
    const kept = parts.length > 0 ? parts : [of]
    change(name === 'not' ? { not: kept.length === 1 ? kept[0] : of } : name in groups ? { [name]: kept } as Condition : blankTest(facts.find(fact => fact.name === name)!))
  }
  const set = (at: number, next?: Condition) => change(group === 'not' ? { not: next } as Condition : { [group!]: next ? parts.with(at, next) : parts.toSpliced(at, 1) } as Condition)
  return <fieldset class="condition">
    <div class="filters">
      <Field label="Condition" error={errors[path]?.join(', ') ?? errors[`${path}.fact`]?.join(', ')}><select value={group ?? (of as FactTest).fact} onChange={event => choose(event.currentTarget.value)}>
        <optgroup label="Several">{Object.entries(groups).map(([name, label]) => <option value={name}>{label}</option>)}</optgroup>
        <optgroup label="Facts">{facts.map(fact => <option value={fact.name}>{words(fact.name)}</option>)}</optgroup></select></Field>
      {!group && <TestForm of={of as FactTest} path={path} facts={facts} errors={errors} change={change} />}
      {action}
    </div>
    {parts.map((part, at) => <ConditionForm of={part} path={group === 'not' ? `${path}.not` : `${path}.${group}[${at}]`} facts={facts} errors={errors} change={next => set(at, next)}
      action={group !== 'not' && parts.length > 1 && <button type="button" class="link" onClick={() => set(at)}>Remove</button>} />)}
    {(group === 'all' || group === 'any') && <button type="button" class="quiet" onClick={() => change({ [group]: [...parts, blankTest(facts[0])] } as Condition)}>Add a condition</button>}
  </fieldset>
}

function TestForm({ of, path, facts, errors, change }: Omit<Props, 'of'> & { of: FactTest }) {
  const fact = facts.find(one => one.name === of.fact)
  if (!fact) return null
  const test = fact.tests.find(name => name in of) ?? fact.tests[0]
  const value = test in of ? of[test] : startOf(fact.kind, test)
  const at = (name: string) => errors[`${path}.${name}`]?.join(', ')
  const give = (name: string, next: unknown) => change(Object.fromEntries(Object.entries({ ...of, [name]: next }).filter(([, given]) => given !== undefined)) as FactTest)
  const compare = (name: string) => change({ ...Object.fromEntries(Object.entries(of).filter(([given]) => given !== test)), [name]: (name === 'between') === (test === 'between') ? value : startOf(fact.kind, name) } as FactTest)
  const bound = (index: 0 | 1, label: string) => <Field label={label} error={index === 0 ? at(test) : undefined}>
    <input type="number" step="any" required value={String((value as number[])[index] ?? '')} onInput={event => give(test, (value as (number | null)[]).with(index, numberIn(event.currentTarget)))} /></Field>
  return <>
    {fact.parameters.map(name => name.replace('?', '')).map(name => <Field key={name} label={name === 'days' ? 'In the last days' : words(name)} error={at(name)}>{name === 'days'
      ? <input type="number" min="1" max="120" required={fact.parameters.includes(name)} value={of.days === undefined ? '' : String(of.days)} onInput={event => give(name, numberIn(event.currentTarget) ?? undefined)} />
      : <input maxLength={255} required={fact.parameters.includes(name)} value={String(of[name] ?? '')} onInput={event => give(name, event.currentTarget.value || undefined)} />}</Field>)}
    {fact.kind === 'flag'
      ? <Field label="Is it so?" error={at('is')}><select value={String(of.is ?? true)} onChange={event => give('is', event.currentTarget.value === 'true')}><option value="true">yes</option><option value="false">no</option></select></Field>
      : <Field label="Test"><select value={test} onChange={event => compare(event.currentTarget.value)}>{fact.tests.map(name => <option value={name}>{words(name)}</option>)}</select></Field>}
    {fact.kind === 'text' && <Field label="Value" hint="Several with commas between" error={at(test)}>
      <input required value={[value].flat().join(', ')} onChange={event => { const texts = event.currentTarget.value.split(',').map(text => text.trim()).filter(Boolean); give(test, texts.length > 1 ? texts : texts[0] ?? '') }} /></Field>}
    {fact.kind === 'number' && (test === 'between' ? <>{bound(0, 'From')}{bound(1, 'To')}</> : <Field label="Value" error={at(test)}>
      <input type="number" step="any" required value={String(value ?? '')} onInput={event => give(test, numberIn(event.currentTarget))} /></Field>)}
  </>
}

export function RuleForm({ of, facts, errors, change }: { of: RuleDocument, facts: Fact[], errors: Record<string, string[]>, change: (next: RuleDocument) => void }) {
  const [name, given] = Object.entries(of.then)[0] ?? ['', '']
  const action = actions.find(one => one.name === name) ?? actions[0]
  const at = (path: string) => errors[path]?.join(', ')
  const places = of.touchpoints ?? []
  return <>
    <div class="filters">
      <Field label="Id" hint="a–z, 0–9 and hyphens" error={at('$.id')}><input required maxLength={64} pattern="[a-z0-9\-]+" value={of.id} onInput={event => change({ ...of, id: event.currentTarget.value })} /></Field>
      <Field label="Name" error={at('$.name')}><input maxLength={255} value={of.name ?? ''} onInput={event => change({ ...of, name: event.currentTarget.value || undefined })} /></Field>
    </div>
    <h3>When</h3>
    <ConditionForm of={of.when} path="$.when" facts={facts} errors={errors} change={when => change({ ...of, when })} />
    <h3>Then</h3>
    <div class="filters">
      <Field label="Action" error={at('$.then')}><select value={action.name} onChange={event => { const next = actions.find(one => one.name === event.currentTarget.value)!; change({ ...of, then: { [next.name]: next.start } }) }}>
        {actions.map(one => <option value={one.name}>{one.label}</option>)}</select></Field>
      {action.asks && <Field label={action.asks} error={at(`$.then.${action.name}`)}>{typeof action.start === 'number'
        ? <input type="number" min="0.01" step="any" required value={String(given ?? '')} onInput={event => change({ ...of, then: { [action.name]: numberIn(event.currentTarget) } })} />
        : <input required maxLength={255} value={String(given)} onInput={event => change({ ...of, then: { [action.name]: event.currentTarget.value } })} />}</Field>}
    </div>
    <fieldset class="choices"><legend>Where (none: wherever the customer is)</legend>{touchpoints.map(place => <label><input type="checkbox" checked={places.includes(place)}
      onChange={event => { const next = event.currentTarget.checked ? [...places, place] : places.filter(one => one !== place); change({ ...of, touchpoints: next.length > 0 ? next : undefined }) }} /> {words(place)}</label>)}</fieldset>
  </>
}
