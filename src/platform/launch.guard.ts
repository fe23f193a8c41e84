import { spawn } from 'node:child_process'
import { serverIds } from './launch.native.ts'

/** Ends the server when this process is gone, even by kill -9: a shell that waits on a pipe from us. Returns how to call it off. */
export const guard = (pid: number): (() => void) => {
  const script = 'trap "" INT TERM HUP; read -r _; kill -INT "$1"'
  const shell = spawn('/bin/sh', ['-c', script, 'guard', String(pid)], {
    ...serverIds(),
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  shell.on('error', () => {})
  shell.stdin?.on('error', () => {})
  shell.unref()
  ;(shell.stdin as unknown as { unref?: () => void })?.unref?.()
  return () => void shell.kill('SIGKILL')
}
