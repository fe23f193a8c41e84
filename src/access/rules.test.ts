import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseReadingRoles, roles } from '../base/people.ts'
import { delaySeconds, deviceOf, functionsOf, judgePassword, judgeRoles, safeNext, totpSteps, weakPin } from './rules.ts'

describe('delaySeconds', () => {
  it('leaves three tries free, doubles, and never passes a minute', () => {
    expect([0, 1, 3, 4, 5, 6, 9, 10, 11, 1000].map(delaySeconds)).toEqual([0, 0, 0, 1, 2, 4, 32, 60, 60, 60])
  })
})

describe('judgePassword', () => {
  it.each([
    ['short', 4, 'password_short'],
    ['тринадцать зн', 4, 'password_short'],
    ['password password', 1, 'password_weak'],
    ['x'.repeat(300), 4, 'password_long'],
    ['четырнадцать з', 3, null],
    ['only lower case words here', 4, null],
  ])('%s', (password, score, expected) => expect(judgePassword(password, score)).toBe(expected))
})

describe('judgeRoles', () => {
  it.each(caseReadingRoles)('refuses auditor with %s', role => expect(judgeRoles(['auditor', role])).toBe('roles_auditor'))
  it.each(roles.filter(r => !caseReadingRoles.includes(r)))('allows auditor with %s', role =>
    expect(judgeRoles(['auditor', role])).toBeNull(),
  )
  it('refuses none and unknown ones', () => {
    expect(judgeRoles([])).toBe('roles_empty')
    expect(judgeRoles(['root'])).toBe('roles_unknown')
  })
  it('lets all others add up', () =>
    fc.assert(
      fc.property(
        fc.subarray(
          roles.filter(r => r !== 'auditor'),
          { minLength: 1 },
        ),
        rs => judgeRoles(rs) === null,
      ),
    ))
})

describe('functionsOf', () => {
  it('brings no function for an administrator, auditor, analyst or editor', () =>
    expect(functionsOf(['administrator', 'auditor', 'analyst', 'content_editor'])).toEqual([]))
  it('adds up', () => expect(functionsOf(['supervisor', 'case_worker'])).toEqual(['supervision', 'casework']))
})

describe('totpSteps', () => {
  it('takes one step on each side', () => expect(totpSteps(90_000)).toEqual([3, 2, 4]))
})

describe('weakPin', () => {
  it.each(['0000', '1234', '9876', '555555'])('%s is weak', pin => expect(weakPin(pin)).toBe(true))
  it.each(['1357', '2580', '8341'])('%s is not', pin => expect(weakPin(pin)).toBe(false))
})

describe('safeNext', () => {
  it.each([
    undefined,
    '',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/sign-in?next=/x',
    'javascript:alert(1)',
    '/cases\r\nx',
    '/lock',
  ])('%s leads home', next => expect(safeNext(next)).toBe('/'))
  it.each(['/cases/1', '/contacts?state=new&page=2'])('%s is kept', next => expect(safeNext(next)).toBe(next))
})
it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Windows'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0', 'Edge', 'Windows'],
  ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36', 'Chrome', 'Android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Mobile/15E148 Safari/604.1', 'Safari', 'iOS'],
  ['<script>', '', ''],
])('a browser is known by its kind only: %s', (agent, browser, system) => {
  expect(deviceOf(agent)).toEqual({ browser, system })
})
