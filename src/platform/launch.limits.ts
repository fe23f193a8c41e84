import { spawnSync } from 'node:child_process'

/* A process that crashes must leave no picture of its memory on the disk: keys and names of an unlocked session stand in it. */

/** A command that runs without core dumps; the program takes the shell's place, so that its pid, signals and channel are its own. */
export const withoutCoreDumps = (program: string, args: readonly string[]): { readonly file: string; readonly args: readonly string[] } =>
  process.platform === 'win32'
    ? { file: program, args }
    : { file: '/bin/sh', args: ['-c', 'ulimit -c 0; exec "$0" "$@"', program, ...args] }

/** The same for this process and whatever it starts later, where the system has the tool for it. */
export const noOwnCoreDumps = (): boolean => {
  own ??= spawnSync('prlimit', [`--pid=${process.pid}`, '--core=0:0'], { stdio: 'ignore' }).status === 0
  return own
}
let own: boolean | undefined
