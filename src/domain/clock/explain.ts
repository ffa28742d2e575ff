import type { Language } from '../kernel.ts'
import { addDays, type Calendar, dayKind, isWorkingDay } from './calendar.ts'
import type { Clock } from './clock.ts'

const UNIT = { workingDay: { zh: '个工作日', en: 'working days' }, day: { zh: '天', en: 'days' }, month: { zh: '个月', en: 'months' }, hour: { zh: '小时', en: 'hours' } } as const
const CAUSE = { correction: { zh: '补正', en: 'correction' }, hearing: { zh: '听证', en: 'hearing' }, inspection: { zh: '检验', en: 'inspection' }, expert: { zh: '专家评审', en: 'expert review' }, outage: { zh: '本系统故障', en: 'outage of this service' } } as const

/** How a date came about, line by line, for whoever asks why. */
export function explainClock(clock: Clock, calendar: Calendar, language: Language): string[] {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en)
  const out = [clock.period.text[language]]
  const { length } = clock.period
  out.push('untilDay' in length ? say(`至 ${length.untilDay} 止。`, `Runs until ${length.untilDay}.`)
    : say(`${clock.from} 起算，次日为第 1 天，共 ${length.amount} ${UNIT[length.unit].zh}。`, `Starts ${clock.from}, the next day is day 1, ${length.amount} ${UNIT[length.unit].en} in all.`))
  for (const line of clock.ledger) {
    if (line.kind === 'paused') out.push(say(`${line.on} 因${CAUSE[line.cause].zh}暂停，当日计入，已用 ${line.used} 天。`, `Stopped on ${line.on} for ${CAUSE[line.cause].en}; that day counts, ${line.used} days used.`))
    if (line.kind === 'resumed') out.push(say(`${line.on} 恢复，当日不计，剩余 ${line.left} 天。`, `Goes on from ${line.on}, that day not counted, ${line.left} days left.`))
    if (line.kind === 'extended') out.push(say(`${line.on} 延长 ${line.amount} ${UNIT[line.unit].zh}。`, `Extended on ${line.on} by ${line.amount} ${UNIT[line.unit].en}.`))
    if (line.kind === 'recalculated') out.push(say(`${line.on} 按新公布的日历重新计算，原为 ${line.from}。`, `Counted again on ${line.on} with the calendar published since; it was ${line.from}.`))
  }
  if ('unit' in length && length.unit === 'workingDay' && clock.state !== 'paused') out.push(...offDays(clock, calendar, language))
  if (clock.dueOn !== clock.nominalOn) out.push(say(`${clock.nominalOn} 不是工作日，顺延至 ${clock.dueOn}。`, `${clock.nominalOn} is not a working day, so ${clock.dueOn} is the last day.`))
  if (clock.provisional) out.push(say(`暂定 ${clock.dueOn}：${clock.dueOn.slice(0, 4)} 年放假安排尚未公布，公布后重新计算。`, `About ${clock.dueOn}: the ${clock.dueOn.slice(0, 4)} holidays are not published; we will recompute.`))
  return out
}

const offDays = (clock: Clock, calendar: Calendar, language: Language): string[] => {
  const off: string[] = []
  const makeUp: string[] = []
  for (let d = addDays(clock.countFrom, 1); d <= clock.dueOn; d = addDays(d, 1)) {
    const kind = dayKind(calendar, d)
    if (!isWorkingDay(calendar, d) && kind.name) off.push(d)
    if (kind.working && kind.name) makeUp.push(d)
  }
  return [
    ...(off.length > 0 ? [language === 'zh' ? `法定放假不计：${off.join('、')}。` : `Public holidays not counted: ${off.join(', ')}.`] : []),
    ...(makeUp.length > 0 ? [language === 'zh' ? `调休上班日计入：${makeUp.join('、')}。` : `Make-up working days counted: ${makeUp.join(', ')}.`] : []),
  ]
}
