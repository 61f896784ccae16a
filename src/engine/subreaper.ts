/** While there is a stage, orphans of a keeper that was killed are to come to us (PR_SET_CHILD_SUBREAPER(2const)). */
import {setSubreaper} from './library.ts';

let open = 0;

/** Orphans below this process become its children until the promise settles, and as long as others of these have not. */
export function adoptOrphans(ended: Promise<unknown>): void {
  count(1);
  void ended.then(() => count(-1));
}

function count(by: 1 | -1): void {
  open += by;
  setSubreaper(open > 0);
}
