/** Damm's quasigroup: catches every single wrong digit and every swap of neighbours. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]
const check = (digits: string) => [...digits].reduce((row, d) => Number(DAMM[row]?.[Number(d)]), 0)

/** A case number people can read aloud: year and month of the start, serial, check digit, such as `2611-00481-7`. */
export function caseNumber(on: string, serial: number): string {
  const head = on.slice(2, 4) + on.slice(5, 7)
  const tail = String(serial).padStart(5, '0')
  return `${head}-${tail}-${check(head + tail)}`
}

/** Reads a typed case number, with or without its hyphens; undefined when it is none or mistyped. */
export function parseCaseNumber(typed: string): string | undefined {
  const m = /^(\d{4})-?(\d{5,9})-?(\d)$/.exec(typed.normalize('NFKC').replace(/\s/g, ''))
  if (!m) return undefined
  return check(`${m[1]}${m[2]}`) === Number(m[3]) ? `${m[1]}-${m[2]}-${m[3]}` : undefined
}
