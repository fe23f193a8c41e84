import { statfs } from 'node:fs/promises'

/** Free and whole size, in bytes, of the disk that a folder lies on; null where the system does not say. */
export const diskSpace = (folder: string): Promise<{ readonly free: number; readonly total: number } | null> =>
  statfs(folder).then(
    s => ({ free: s.bavail * s.bsize, total: s.blocks * s.bsize }),
    () => null,
  )
