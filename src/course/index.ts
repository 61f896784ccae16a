/** The course's face: what screens and commands may import. */
export type * from './events.ts';
export type * from './lab.ts';
export type * from './session.types.ts';
