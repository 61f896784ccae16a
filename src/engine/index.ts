/** The engine's face: nothing else of this room is imported from outside. */
export type * from './types.ts';
