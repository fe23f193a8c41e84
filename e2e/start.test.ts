import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openPage } from '../src/platform/browser.testing.ts'
import { root } from '../src/platform/config.ts'
import { freePort, type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'

/* The two commands, as a newcomer and as a bad day meet them. */

let browser: Browser
let house: RunningInstallation
beforeAll(async () => {
  browser = await openBrowser()
  house = await startInstallation()
})
afterAll(async () => {
  await house?.stop()
  await browser?.close()
  house?.remove()
})

const health = async (url: string): Promise<unknown> => {
  const answer = await fetch(`${url}/healthz`)
  return { status: answer.status, body: await answer.json() }
}
const healthy = { status: 200, body: { status: 'ok' } }
const eventually = async (check: () => Promise<boolean>, seconds = 20) => {
  for (let i = 0; i < seconds * 10; i++) {
    if (await check().catch(() => false)) return
    await sleep(100)
  }
  throw new Error('it did not happen in time')
}
const alive = (pid: number) => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0] !== 'Z'
  } catch {
    return false
  }
}

describe('npm start', () => {
  test('both sites open in a real browser', async () => {
    for (const url of [house.office, house.public]) {
      const page = await openPage(browser, 'desk')
      const answer = await page.goto(url)
      expect(answer?.status()).toBe(200)
      expect(await page.locator('h1').first().innerText()).not.toBe('')
      await page.context().close()
    }
  })

  test('both answer /healthz once ready, and the addresses are those of localhost', async () => {
    expect(await health(house.office)).toEqual(healthy)
    expect(await health(house.public)).toEqual(healthy)
    expect(house.output()).toContain(`Office: http://localhost:${house.officePort}`)
  })

  test('no key, no password and no way to them is in the environment of the public process', () => {
    const launcher = house.launcherPid()
    const children = readFileSync(`/proc/${launcher}/task/${launcher}/children`, 'utf8').trim().split(' ').map(Number)
    const site = children.find(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0public\0'))
    const env = readFileSync(`/proc/${site}/environ`, 'utf8').split('\0')
    expect(env.filter(e => /^(DATABASE_URL|DOVERIE_KEY_FILE|MAIL_URL)=/.test(e))).toEqual([])
    const packed = env.find(e => e.startsWith('DOVERIE_SUBKEYS='))?.slice(16) ?? ''
    expect(Object.keys(JSON.parse(Buffer.from(packed, 'base64').toString()))).toEqual(['db/public_in', 'fake_salt'])
  })

  test('a second launcher on the same folder is refused and harms nothing', async () => {
    await expect(startInstallation({ folder: house.folder })).rejects.toThrow(/already running/)
    expect(await health(house.office)).toEqual(healthy)
  })

  test('a taken port is said, with how to choose another', async () => {
    const port = await freePort()
    const other = net.createServer().listen(port, '127.0.0.1')
    try {
      await expect(startInstallation({ officePort: port })).rejects.toThrow(new RegExp(`Port ${port} is taken.*OFFICE_PORT=\\d+ npm start`))
    } finally {
      other.close()
    }
  })

  test('after kill -9 of PostgreSQL everything comes back without a restart', async () => {
    const before = house.postgresPid()
    process.kill(before, 'SIGKILL')
    await eventually(async () => house.postgresPid() !== before && alive(house.postgresPid()))
    await eventually(async () => (await fetch(house.office)).ok && (await fetch(house.public)).ok)
  })

  test('after kill -9 of a child it is started again', async () => {
    const launcher = house.launcherPid()
    const children = readFileSync(`/proc/${launcher}/task/${launcher}/children`, 'utf8').trim().split(' ').map(Number)
    const office = children.find(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0office\0')) ?? 0
    process.kill(office, 'SIGKILL')
    await eventually(async () => !alive(office) && (await fetch(`${house.office}/healthz`)).ok)
  })

  test('after kill -9 of the launcher its children end, and the next start recovers', async () => {
    const database = house.postgresPid()
    await house.kill9()
    await eventually(async () => !alive(database))
    house = await startInstallation({ folder: house.folder, officePort: house.officePort, publicPort: house.publicPort })
    expect(await health(house.office)).toEqual(healthy)
  })

  test('SIGTERM stops everything in order; a later start goes on with what was there', async () => {
    const database = house.postgresPid()
    expect(await house.stop()).toBe(0)
    expect(alive(database)).toBe(false)
    expect(existsSync(path.join(house.folder, 'postgres/postmaster.pid'))).toBe(false)
    house = await startInstallation({ folder: house.folder })
    // Only said: how long a start takes on a busy machine is no reason to fail.
    console.log(`later start: ${Math.round(house.startedIn)} ms`)
    expect(await health(house.office)).toEqual(healthy)
  })

  test('whoever reads only the first line of the help gets no stack', async () => {
    const { stdout, stderr } = await promisify(execFile)(
      'bash',
      ['-c', `${process.execPath} build/cli.js help | true; echo "\${PIPESTATUS[0]}"`],
      {
        cwd: root,
      },
    )
    expect([stdout.trim(), stderr]).toEqual(['0', ''])
  })

  test('a demonstration can never become a real installation, nor the other way', async () => {
    await expect(startInstallation({ folder: house.folder, command: 'serve', env: { DOVERIE_KEY_FILE: '/nowhere/key' } })).rejects.toThrow(
      /can never become a real installation/,
    )
    await house.stop()
    const mark = path.join(house.folder, 'installation.json')
    const text = readFileSync(mark, 'utf8')
    writeFileSync(mark, text.replace('true', 'false'))
    await expect(startInstallation({ folder: house.folder })).rejects.toThrow(/can never become a demonstration/)
    writeFileSync(mark, text)
    house = await startInstallation({ folder: house.folder })
  })
})
