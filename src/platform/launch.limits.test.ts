import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withoutCoreDumps } from './launch.limits.ts'

const coreLimit = (pid: number) => /^Max core file size\s+(\S+)\s+(\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.slice(1, 3)

test('a process that is started so writes no core dump, keeps its channel, and passes the limit on', async () => {
  const script =
    "process.send({ pid: process.pid, limits: require('node:fs').readFileSync('/proc/self/limits', 'utf8') }); setTimeout(() => {}, 5000)"
  const { file, args } = withoutCoreDumps(process.execPath, ['-e', script])
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  try {
    const said = await new Promise<{ pid: number; limits: string }>(resolve => child.once('message', m => resolve(m as never)))
    expect(said.pid).toBe(child.pid)
    expect(coreLimit(said.pid)).toEqual(['0', '0'])
    expect(/^Max core file size\s+0\s+0/m.test(said.limits)).toBe(true)
  } finally {
    child.kill('SIGKILL')
  }
})
