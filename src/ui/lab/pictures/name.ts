/** What the panel of both sides can show. */
export type Picture = 'processes' | 'topology' | 'layers' | 'cpu' | 'facts';
