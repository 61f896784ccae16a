/** Specifications that crun and our engine both get, and what has to be seen of each, so that a field that both ignore fails. */
export {files} from './files.ts';
export {groups} from './groups.ts';
export {joining, namespaces} from './namespaces.ts';
export {processes} from './process.ts';
export {rights} from './rights.ts';
export type {Case} from './spec.ts';
