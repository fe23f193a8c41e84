import { Worker } from 'node:worker_threads'

/* Long work beside the requests: a thread for each task, ended with it, so that nothing of it stays in memory and the office answers meanwhile. */

/** Ends by an error of its own where it takes longer than `ms`. */
export const inThread = <A>(name: string, task: Readonly<Record<string, unknown>>, ms: number): Promise<A> => {
  const file = import.meta.url.endsWith('.ts') ? `../main.${name}.ts` : `./main.${name}.js`
  return new Promise<A>((done, failed) => {
    const thread = new Worker(new URL(file, import.meta.url), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: 1024 } })
    const timer = setTimeout(() => {
      failed(new Error('thread_too_long'))
      void thread.terminate()
    }, ms)
    const end = () => clearTimeout(timer)
    thread.once('message', (answer: A) => {
      end()
      done(answer)
      void thread.terminate()
    })
    // An error of a thread may quote what it worked on; the code alone goes on.
    thread.once('error', () => {
      end()
      failed(new Error('thread_failed'))
    })
    thread.once('exit', () => {
      end()
      failed(new Error('thread_failed'))
    })
  })
}
