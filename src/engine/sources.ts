/** What bind mounts show, looked at before anything is made. */
import {closeSync, fstatSync} from 'node:fs';
import {openInRoot} from './library.ts';
import {isBind} from './plan/mounts.ts';
import type {ContainerSpec} from './types.ts';

/** Sources of bind mounts that are no folders, as the stage of this keeper sees them. What is missing the kernel will say. */
export function filesAmong({root, mounts = []}: ContainerSpec, keeper: number): string[] {
  if (!root) return [];
  return mounts.filter(isBind).flatMap(({source, destination}) => {
    const file = source ?? destination;
    const fd = openInRoot(`/proc/${keeper}/root`, file);
    if (fd === undefined) return [];
    try {
      return fstatSync(fd).isDirectory() ? [] : [file];
    } finally {
      closeSync(fd);
    }
  });
}
