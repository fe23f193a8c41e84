import { defineConfig } from 'vitest/config'

/** Tests of pure files and screens: no database, no clock, no network. */
const pure = ['src/base/**/*.test.{ts,tsx}', 'src/*/{rules,policy,schema,screens}*.test.{ts,tsx}', 'src/platform/flow.test.ts']
const long = process.env.DOVERIE_LONG === '1'
/** How pages look in states that a folder's own story makes: in the long run. `npm test` looks at every page by the walk of e2e/axe.test.ts. */
const looks = [
  'src/{closure,follow-up,screening,language,mandatory-report,night-card,statistics,safe-contact}/browser.test.ts',
  'src/person/*.browser.test.ts',
  'src/contact/concern.browser.test.ts',
  'src/prevention/browser.lesson.test.ts',
]

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // One more than the cores of a small machine: browsers and timers wait more than they work.
    maxWorkers: 3,
    reporters: ['default'],
    projects: [
      { extends: true, test: { name: 'pure', include: pure, testTimeout: 20_000 } },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: long ? pure : [...pure, ...looks],
          globalSetup: ['src/platform/testing.global.ts'],
          testTimeout: long ? 900_000 : 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          // Whole installations and browsers: three at once make one wait for another longer than a person would.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: long ? 900_000 : 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
