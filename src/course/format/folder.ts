/** Folders of labs: a number of two digits or more, a hyphen, and the lab's id. */
export const FOLDER = /^(\d{2,})-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;
