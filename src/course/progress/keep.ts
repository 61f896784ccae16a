/** Keeps a session's progress on disk while it runs. */
import type {Event, EventBody} from '../events.ts';
import type {Lab} from '../lab.ts';
import {beginRecord, record} from './record.ts';
import type {ProgressStore} from './store.ts';

interface Source {
  on(listener: (event: Event) => void): () => void;
  emit(body: EventBody): void;
}

/**
 * Writes what was reached as it is reached; several events at once become one writing. What goes wrong is said as an
 * error event, once for each thing.
 * @returns waits until all is written
 */
export function keepProgress(lab: Lab, store: ProgressStore, source: Source): () => Promise<void> {
  let progress = beginRecord(lab, new Date().toISOString());
  let written = progress;
  let writing: Promise<void> | undefined;
  const said = new Set<string>();

  const write = async () => {
    while (written !== progress) {
      written = progress;
      for (const {code, params} of await store.update(lab.id, written)) {
        if (said.has(code)) continue;
        said.add(code);
        source.emit({type: 'error', error: {code, params}, where: 'progress', fatal: false});
      }
    }
    writing = undefined;
  };
  source.on(event => {
    progress = record(progress, event, new Date().toISOString());
    // Resolved later, so that the events of one moment are written together.
    if (progress !== written) writing ??= Promise.resolve().then(write);
  });
  return async () => writing;
}
