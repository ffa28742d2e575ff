import type { Text } from '../kernel.ts'
import { labels } from './labels.ts'
import type { Pack } from './pack.ts'
import { paperSentence } from './paper-sentences.ts'
import type { Given, Rule } from './rule.ts'
import { ANSWERS, capital, joined, ordinal, t, title, yuan } from './wording.ts'
import type { DayOf } from './words.ts'

/** Where a sentence finds the titles of the codes it names; without it the codes themselves stand. */
export type Titles = Pick<Pack, 'items' | 'materials' | 'judgements' | 'lists'>

/** What a rule asks, as one sentence in both languages, with its parameters: the line of a checklist, and the reason beside a paper. */
export function sentence(r: Rule, titles?: Partial<Titles>, item?: string): Text {
  const open = item !== undefined && titles?.items?.[item]?.offer === 'open' ? titles.items[item] : undefined
  const day = (d: DayOf) => labels.day[d]
  const all = <W extends string>(words: readonly W[], of: Readonly<Record<W, Text>>) =>
    joined(
      words.map((w) => of[w]),
      'or',
    )
  const items = joined(
    ('of' in r && r.rule === 'noOtherOpenCase') || r.rule === 'itemIs' ? r.of.map((c) => title(titles?.items?.[c], c)) : [],
    'or',
  )
  switch (r.rule) {
    case 'classIs':
      return t(`属于 ${r.of.join('、')} 类`, `The class is ${r.of.join(' or ')}`)
    case 'groundIs': {
      const grounds = joined(
        r.of.map((g) => title(open?.grounds[g], g)),
        'or',
      )
      return t(`申请事由为：${grounds.zh}`, `The ground is: ${grounds.en}`)
    }
    case 'restsOn': {
      const grounds = all(r.any, labels.restsOn)
      return t(`类别依据${grounds.zh}认定`, `The class rests on ${grounds.en}`)
    }
    case 'provesClass': {
      const paper = title(titles?.materials?.[r.paper], r.paper)
      return t(`所选类别标准以“${paper.zh}”证明`, `The chosen criterion is proven by: ${paper.en}`)
    }
    case 'familyComes':
      return t('有家属随行', 'Family comes along')
    case 'occupationIn':
      return t(`职业代码在“${r.list}”目录内`, `The occupation is on the list ${r.list}`)
    case 'contractKindIs': {
      const kinds = all(r.of, labels.contractKind)
      return t(`提交的是${kinds.zh}`, `What is filed is ${kinds.en}`)
    }
    case 'answerIs': {
      const asks = open?.questions[r.question]
      const answer = asks?.choices?.[r.is] ?? ANSWERS[r.is] ?? t(r.is, r.is)
      const question = asks?.asks ?? t(r.question, r.question)
      return t(`“${question.zh}”的回答是“${answer.zh}”`, `The answer to "${question.en}" is "${answer.en}"`)
    }
    case 'filedByOneOf': {
      const filers = all(r.of, labels.filer)
      return t(`由${filers.zh}提交`, `Filed by ${filers.en}`)
    }
    case 'carrierIs': {
      const carriers = all(r.of, labels.carrier)
      return t(`现在的许可载体是${carriers.zh}`, `The permit is now carried by ${carriers.en}`)
    }
    case 'countryIn':
      return t(`${labels.countryOf[r.of].zh}在“${r.list}”名单内`, `${capital(labels.countryOf[r.of].en)} is on the list ${r.list}`)
    case 'found': {
      const asks = (open?.judgements[r.judgement] ?? titles?.judgements?.[r.judgement])?.asks ?? t(r.judgement, r.judgement)
      return t(`审批人员认定：${asks.zh}`, `An officer finds: ${asks.en}`)
    }
    case 'ageAtLeast':
      return t(`${day(r.on).zh}已满 ${r.years} 周岁`, `Aged ${r.years} or more on ${day(r.on).en}`)
    case 'ageAtMost':
      return r.reading === 'untilBirthday'
        ? t(`${day(r.on).zh}不晚于 ${r.years} 周岁生日`, `Not past the ${ordinal(r.years)} birthday on ${day(r.on).en}`)
        : t(`${day(r.on).zh}未满 ${r.years + 1} 周岁`, `Younger than ${r.years + 1} on ${day(r.on).en}`)
    case 'ageOver':
      return t(`已满 ${r.years + 1} 周岁`, `Aged ${r.years + 1} or more today`)
    case 'whereaboutsIs':
      return t(`提交时申请人在${labels.whereabouts[r.is].zh}`, `The person is ${labels.whereabouts[r.is].en} when you file`)
    case 'passportValidFor':
      return t(
        `护照自${day(r.after).zh}起至少还有 ${r.months} 个月有效期`,
        `The passport runs ${labels.amount(r.months, 'month').en} or longer after ${day(r.after).en}`,
      )
    case 'holdsStay': {
      const kinds = all(r.of, labels.stay)
      return t(`提交之日持有有效的${kinds.zh}`, `Holds ${kinds.en} that is valid on the day of filing`)
    }
    case 'residentFor':
      return t(
        `至提交之日已在境内连续居住满 ${r.months} 个月`,
        `Has lived in the mainland for ${labels.amount(r.months, 'month').en} or longer without a break, up to filing`,
      )
    case 'degreeAtLeast':
      return t(`学位为${labels.degree[r.level].zh}或以上`, `Degree: ${labels.degree[r.level].en} or higher`)
    case 'experienceAtLeast':
      return t(`相关工作满 ${r.years} 年`, `${labels.amount(r.years, 'year').en} or more of related work`)
    case 'payAtLeastTimesAverage':
      return t(`薪资不低于当地上年度平均工资的 ${r.times} 倍`, `Pay of at least ${r.times} times the local average wage`)
    case 'payAtLeast':
      return t(`年薪不低于 ${yuan(r.yuanPerYear)} 元`, `Pay of at least ${yuan(r.yuanPerYear)} yuan a year`)
    case 'payAgrees': {
      const figures = joined(
        r.of.map((f) => labels.payFigure[f]),
        'and',
      )
      return t(`${figures.zh}所列薪资一致`, `The pay is the same in ${figures.en}`)
    }
    case 'pointsAtLeast':
      return t(`计点积分 ${r.points} 分或以上`, `${r.points} points or more`)
    case 'permitIs': {
      const states = all(r.of, labels.permit)
      return t(`工作许可的状态为：${states.zh}`, `The permit is: ${states.en}`)
    }
    case 'noOtherPermit':
      return t('申请人没有其他工作许可', 'The person holds no other work permit')
    case 'noOtherOpenCase':
      return t(`同一许可没有在办的：${items.zh}`, `No open case for the same permit of: ${items.en}`)
    case 'sameAsPermit': {
      const details = joined(
        r.in.map((d) => labels.permitDetail[d]),
        'and',
      )
      return t(`${details.zh}与现有许可一致`, `Same as in the permit: ${details.en}`)
    }
    case 'filedBefore': {
      const latest =
        r.latestDays === 0
          ? t(`不晚于${day(r.day).zh}提交`, `Filed not later than ${day(r.day).en}`)
          : t(
              `最迟在${day(r.day).zh}前 ${r.latestDays} 天提交`,
              `Filed ${labels.amount(r.latestDays, 'day').en} or more before ${day(r.day).en}`,
            )
      return r.earliestDays === undefined
        ? latest
        : t(
            `${latest.zh}，最早在其前 ${r.earliestDays} 天`,
            `${latest.en}, and ${labels.amount(r.earliestDays, 'day').en} before it at the earliest`,
          )
    }
    case 'filedWithin':
      return t(
        `自${day(r.after).zh}次日起 ${labels.amount(r.amount, r.unit).zh}内提交`,
        `Filed within ${labels.amount(r.amount, r.unit).en} after ${day(r.after).en}`,
      )
    case 'daysPassed':
      return t(
        `${day(r.until).zh}距${day(r.since).zh}超过 ${r.moreThan} 天`,
        `${capital(day(r.until).en)} is more than ${labels.amount(r.moreThan, 'day').en} after ${day(r.since).en}`,
      )
    case 'notBefore':
      return t(`${day(r.day).zh}不早于${day(r.than).zh}`, `${capital(day(r.day).en)} is not before ${day(r.than).en}`)
    case 'noGapAfter':
      return t(
        `${day(r.day).zh}最迟为${day(r.than).zh}的次日`,
        `${capital(day(r.day).en)} is at the latest the day after ${day(r.than).en}`,
      )
    case 'termAtMost':
      return t(`合同期不超过 ${labels.amount(r.amount, r.unit).zh}`, `The contract runs ${labels.amount(r.amount, r.unit).en} at most`)
    case 'noObjection':
      return t('本人没有提出异议', 'The person has not objected')
    case 'employerIs': {
      const states = all(r.of, labels.employer)
      return t(`用人单位的状态为：${states.zh}`, `The employer is: ${states.en}`)
    }
    case 'quotaLeft':
      return t(`本年度“${r.category}”配额有余`, `A place is left this year in the quota "${r.category}"`)
    case 'onFile': {
      const paper = title(titles?.materials?.[r.paper], r.paper)
      return t(`“${paper.zh}”以前已提交，且符合现在的要求`, `Already on file and still good: ${paper.en}`)
    }
    case 'itemIs':
      return t(`事项为：${items.zh}`, `The item is: ${items.en}`)
    case 'stageIs': {
      const stages = all(r.of, labels.stage)
      return t(`办理阶段为：${stages.zh}`, `The stage is: ${stages.en}`)
    }
    case 'issuedWithin':
    case 'issuedBy':
    case 'languageIs':
    case 'signedBy':
    case 'shows':
      return paperSentence(r)
    default:
      return r satisfies never
  }
}

/** A condition as one sentence: all of `when`, and none of `unless`. No condition: `undefined`. */
export function condition(c: Given, titles?: Partial<Titles>, item?: string): Text | undefined {
  const when = (c.when ?? []).map((r) => sentence(r, titles, item))
  const unless = (c.unless ?? []).map((r) => sentence(r, titles, item))
  if (when.length + unless.length === 0) return undefined
  const zh = [...when.map((x) => x.zh), ...unless.map((x) => `不属于以下情形：${x.zh}`)].join('；')
  const en = [...when.map((x) => x.en), ...unless.map((x) => `not if: ${x.en}`)].join('; ')
  return t(zh, en)
}
