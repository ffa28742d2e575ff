import pg from 'pg'

const instant = (value: string) => (value.endsWith('infinity') ? value : new Date(value).toISOString())

const whole = (value: string) => {
  const n = Number(value)
  if (!Number.isSafeInteger(n)) throw new RangeError('a bigint of the database is too large to be a number here')
  return n
}

type Parser = (value: string) => unknown
/** The parser for lists of text; the types of pg name only scalar types. */
const TEXT_ARRAY: number = 1009
const list = (item: Parser): Parser => {
  const texts = pg.types.getTypeParser(TEXT_ARRAY) as (value: string) => (string | null)[]
  return (value) => texts(value).map((text) => (text === null ? null : item(text)))
}

const PARSERS = new Map<number, Parser>([
  [1082, (day) => day],
  [1182, list((day) => day)],
  [1184, instant],
  [1185, list(instant)],
  [20, whole],
  [1016, list(whole)],
])

/**
 * How values come out of the database: `date` stays text (a Date slips a day in Asia/Shanghai), instants are ISO 8601 in UTC with milliseconds, `bigint` is a
 * number or, where that would not be exact, an error; alone and in arrays. All else is what pg makes of it (`numeric` is text).
 */
export const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): Parser =>
    PARSERS.get(oid) ?? (pg.types.getTypeParser(oid, format as 'text') as Parser),
}
