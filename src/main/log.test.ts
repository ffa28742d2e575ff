import { describe, expect, it } from 'vitest'
import { logTo } from './log.ts'

const lines = () => {
  const written: string[] = []
  return { log: logTo({ write: (line: string) => void written.push(line) }, 'trial', 'debug'), written }
}

describe('the log', () => {
  it('holds ids, codes and counts and leaves out everything else, whoever writes it', () => {
    const { log, written } = lines()
    log.info('filed', { applicationId: 'a-1', count: 3, name: 'Nguyen Thi Ha', passport: 'C1234567', body: '{"x":1}' } as never)
    expect(JSON.parse(written[0]!)).toMatchObject({ event: 'filed', process: 'trial', applicationId: 'a-1', count: 3 })
    expect(written[0]).not.toMatch(/Nguyen|C1234567|body/)
  })

  it('never quotes the message of an error, which may quote what somebody typed', () => {
    const { log, written } = lines()
    const cause = new TypeError('Key (name)=(Nguyen Thi Ha) exists')
    const error = Object.assign(new Error('C1234567 is taken\nat Nguyen', { cause }), {
      code: '23505',
      constraint: 'passport_once',
      detail: 'Nguyen',
    })
    log.error('writeFailed', error, { requestId: 'r-1' })
    expect(JSON.parse(written[0]!)).toMatchObject({
      event: 'writeFailed',
      error: 'Error',
      code: '23505',
      constraint: 'passport_once',
      cause: 'TypeError',
      requestId: 'r-1',
    })
    expect(JSON.parse(written[0]!).places.length).toBeGreaterThan(0)
    expect(written[0]).not.toMatch(/Nguyen|C1234567/)
    log.error('odd', 'Nguyen Thi Ha')
    expect(written[1]).not.toMatch(/Nguyen/)
  })

  it('keeps every event on one line and short, whatever is in a field', () => {
    const { log, written } = lines()
    log.warn('asked', { route: 'x\r\n{"level":60,"event":"forged"}\u001b[31m\u2028y', code: 'c'.repeat(5000), status: 404 })
    expect(written).toHaveLength(1)
    expect(written[0]!.trimEnd()).not.toMatch(/\p{Cc}|\u2028|\\n|\\r|\\u001b/u)
    expect(written[0]!.length).toBeLessThan(600)
  })
})
