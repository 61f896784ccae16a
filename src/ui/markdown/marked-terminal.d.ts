/** The part of marked-terminal that is used here; the package brings no types. */
declare module 'marked-terminal' {
  type Paint = (text: string) => string;
  export function markedTerminal(
    options: {
      width?: number;
      reflowText?: boolean;
      showSectionPrefix?: boolean;
      emoji?: boolean;
      unescape?: boolean;
      tab?: number;
    } & Partial<
      Record<
        | 'code'
        | 'blockquote'
        | 'html'
        | 'heading'
        | 'firstHeading'
        | 'hr'
        | 'listitem'
        | 'strong'
        | 'em'
        | 'codespan'
        | 'del'
        | 'link'
        | 'href',
        Paint
      >
    >,
    highlightOptions?: {ignoreIllegals?: boolean; theme?: Record<string, Paint>},
  ): import('marked').MarkedExtension;
}
