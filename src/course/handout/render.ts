/** Lays handouts out. Loaded only when one is written: it brings the Markdown parser along. */
export {indexHtml, indexMarkdown} from './contents.ts';
export {htmlPage} from './html/page.ts';
export {markdownPage} from './md/page.ts';
