import { useEffect, useRef } from 'preact/hooks'
import {
  BarController, BarElement, CategoryScale, Chart, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip, type ChartConfiguration,
} from 'chart.js'
import { save } from '../api/client'
import { dark } from '../state'

Chart.register(BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip)

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

export interface Series { name: string, values: (number | null)[], colour?: string, low?: (number | null)[], high?: (number | null)[], dashed?: boolean }

interface Props { label: string, names: string[], series: Series[], kind?: 'line' | 'bar', stacked?: boolean, format?: (value: number) => string, height?: number, onPick?: (index: number) => void }

/** A chart with its numbers as a table for those who can't see it, a picture file, and a CSV file. */
export function Plot({ label, names, series, kind = 'line', stacked, format = String, height = 220, onPick }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const chart = useRef<Chart | null>(null)
  useEffect(() => {
    const palette = ['accent', 'second', 'third', 'good', 'bad']
    const datasets = series.flatMap((one, index) => {
      const shade = colour(one.colour ?? palette[index % palette.length])
      const band = one.low && one.high
        ? [{ label: `${one.name}, low`, data: one.low, borderWidth: 0, pointRadius: 0, fill: false }, { label: `${one.name}, high`, data: one.high, borderWidth: 0, pointRadius: 0, fill: '-1', backgroundColor: `${shade}33` }]
        : []
      return [...band, { label: one.name, data: one.values, borderColor: shade, backgroundColor: kind === 'bar' ? shade : `${shade}22`, borderDash: one.dashed ? [5, 4] : [], borderWidth: 2, pointRadius: names.length > 40 ? 0 : 2, tension: 0.2 }]
    })
    const axis = { grid: { color: colour('line') }, ticks: { color: colour('muted'), maxRotation: 0, autoSkip: true, autoSkipPadding: 12 } }
    chart.current = new Chart(canvas.current!, {
      type: kind,
      data: { labels: names, datasets },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, interaction: { mode: 'index', intersect: false },
        onClick: (_event, picked) => { if (picked.length > 0) onPick?.(picked[0].index) },
        scales: { x: { ...axis, stacked }, y: { ...axis, stacked, ticks: { ...axis.ticks, callback: value => format(Number(value)) } } },
        plugins: {
          legend: { display: series.length > 1, labels: { color: colour('text'), filter: item => !/, (low|high)$/.test(item.text) } },
          tooltip: { callbacks: { label: item => `${item.dataset.label}: ${item.parsed.y === null ? '–' : format(item.parsed.y)}` } },
        },
      },
    } as ChartConfiguration)
    return () => chart.current?.destroy()
  }, [names, series, dark.value])
  const columns = series.flatMap(one => [{ name: one.name, values: one.values }, ...one.low && one.high ? [{ name: `${one.name}, low`, values: one.low }, { name: `${one.name}, high`, values: one.high }] : []])
  const csv = () => [['', ...columns.map(one => one.name)], ...names.map((name, at) => [name, ...columns.map(one => one.values[at] ?? '')])]
    .map(row => row.map(cell => `"${String(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n')
  const file = label.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return <figure class="plot">
    <div style={{ height: `${height}px`, position: 'relative' }}><canvas ref={canvas} role="img" aria-label={`${label}. The table below it holds the numbers.`} /></div>
    <details><summary>{label}: numbers</summary>
      <p><button class="link" onClick={() => canvas.current!.toBlob(blob => blob && save(blob, `${file}.png`))}>PNG</button>{' '}
        <button class="link" onClick={() => save(new Blob([csv()], { type: 'text/csv' }), `${file}.csv`)}>CSV</button></p>
      <div class="scroll" tabIndex={0} role="region" aria-label={`${label}: numbers`}><table><thead><tr><th scope="col">&nbsp;</th>{columns.map(one => <th scope="col" class="numeric">{one.name}</th>)}</tr></thead>
        <tbody>{names.map((name, at) => <tr><th scope="row">{name}</th>{columns.map(one => <td class="numeric">{one.values[at] == null ? '–' : format(one.values[at]!)}</td>)}</tr>)}</tbody></table></div>
    </details>
  </figure>
}

/** A line without axes, to stand beside its number. */
export function Spark({ values, label }: { values: (number | null)[], label: string }) {
  const known = values.filter((value): value is number => value !== null)
  if (known.length < 2) return null
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const at = (value: number, index: number) => `${(index / (values.length - 1) * 96 + 2).toFixed(1)},${(22 - (high === low ? 0.5 : (value - low) / (high - low)) * 20).toFixed(1)}`
  return <svg class="spark" viewBox="0 0 100 24" role="img" aria-label={label}><polyline points={values.map((value, index) => value === null ? null : at(value, index)).filter(Boolean).join(' ')} /></svg>
}

/** One cell a month, the darker the more: a season shows at a glance. */
export const Strip = ({ values, names }: { values: number[], names: string[] }) => {
  const most = Math.max(1, ...values)
  return <svg class="strip" viewBox={`0 0 ${values.length * 6} 16`} role="img" aria-label={`By month: ${values.map((value, at) => `${names[at] ?? at + 1} ${value}`).join(', ')}`}>
    {values.map((value, at) => <rect x={at * 6} y="0" width="5" height="16" fill-opacity={0.08 + 0.92 * value / most}><title>{`${names[at] ?? ''} ${value}`}</title></rect>)}
  </svg>
}
