import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { plainError } from './config.ts'

/** When the process began, in clock ticks since boot: a number that was given to another process does not pass for the old one. */
const startedAt = (pid: number): string | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
    return fields?.[0] === 'Z' ? undefined : fields?.[19]
  } catch {
    return undefined
  }
}

interface Holder {
  readonly pid: number
  readonly started: string
}
const lockFile = (folder: string) => path.join(folder, 'launcher.json')

/** The launcher that is running on this data folder, if one is. */
export const liveLauncher = (folder: string): Holder | undefined => {
  try {
    const holder = JSON.parse(readFileSync(lockFile(folder), 'utf8')) as Holder
    return startedAt(holder.pid) === holder.started ? holder : undefined
  } catch {
    return undefined
  }
}

/** Takes the data folder for this process; returns how to give it back. Two launchers on one folder would stop each other's database. */
export const takeFolder = (folder: string): (() => void) => {
  const file = lockFile(folder)
  const mine = JSON.stringify({ pid: process.pid, started: startedAt(process.pid) ?? '' })
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, mine, { flag: 'wx' })
      return () => {
        if (readFileSync(file, 'utf8') === mine) rmSync(file, { force: true })
      }
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e
      const holder = liveLauncher(folder)
      if (holder)
        throw plainError(
          `Doverie is already running on ${folder} (process ${holder.pid}). Stop it first, or choose another data folder with DOVERIE_DATA.`,
        )
      // Moved away before it is removed: of two starters that both saw a dead holder only one succeeds.
      const dead = `${file}.${process.pid}`
      try {
        renameSync(file, dead)
        rmSync(dead, { force: true })
      } catch {}
    }
  }
  throw plainError(`Another start took ${folder} at the same moment.`)
}
