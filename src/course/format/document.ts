/** A lab file as Markdown sees it: front matter, steps, and in each step prose, fences that do something, and alerts. */
import type {Code, Heading, Root, RootContent} from 'mdast';
import {fromMarkdown} from 'mdast-util-from-markdown';
import {frontmatterFromMarkdown} from 'mdast-util-frontmatter';
import {gfmFromMarkdown} from 'mdast-util-gfm';
import {frontmatter} from 'micromark-extension-frontmatter';
import {gfm} from 'micromark-extension-gfm';
import {type Fence, ID, isAction, parseFence} from './fence.ts';
import type {Findings, Place} from './findings.ts';
import {nearest} from './nearest.ts';
import type {Source} from './source.ts';
import {parseYaml, type YamlText} from './yaml.ts';

export const ALERTS = ['HINT', 'SAY', 'NOTE', 'DRIFT', 'WHEN'] as const;
export type AlertType = (typeof ALERTS)[number];

/** A run of Markdown between two blocks; parts are its paragraphs, lists, examples …, each as it stands in the file. */
export interface Prose {
  kind: 'prose';
  parts: {text: string; at: Place}[];
  at: Place;
}

export interface Alert {
  kind: 'alert';
  type: AlertType;
  text: string;
  at: Place;
  /** [!WHEN CONDITION]: it counts only where that holds. */
  when?: {expr: string; at: Place};
}

export type Item = Prose | Alert | {kind: 'fence'; fence: Fence; at: Place};

export interface RawStep {
  id: string;
  idAt: Place;
  title: string;
  at: Place;
  items: Item[];
}

export interface RawDoc {
  source: Source;
  front?: YamlText;
  intro: Item[];
  steps: RawStep[];
}

const ANCHOR = /^<a id="([^"]*)"><\/a>\s*$/;

function startOf(node: RootContent): Place {
  return {line: node.position!.start.line, col: node.position!.start.column};
}

/** The lines of a node, and the text of it exactly as in the file. */
function sliceOf(node: RootContent, source: Source): string {
  return source.text.slice(node.position!.start.offset, node.position!.end.offset);
}

function readFence(node: Code, source: Source, findings: Findings): Fence | undefined {
  const at = startOf(node);
  const last = node.position!.end.line;
  const opening = source.lines[at.line - 1]!;
  if (at.col > 1 || /^\s/.test(opening)) {
    findings.error('fence.indented', at);
    return undefined;
  }
  const mark = opening[0]!;
  if (last === at.line || !new RegExp(`^ {0,3}\\${mark}{3,}\\s*$`).test(source.lines[last - 1]!)) {
    findings.error('fence.unclosed', at);
    return undefined;
  }
  return parseFence(opening, at, source.lines.slice(at.line, last - 1).join('\n'), findings);
}

/** `> [!HINT]` and what follows; undefined for an ordinary quote. */
function readAlert(node: RootContent, source: Source, findings: Findings): Alert | 'bad' | undefined {
  const at = startOf(node);
  const lines = source.lines.slice(at.line - 1, node.position!.end.line).map(line => line.replace(/^ {0,3}> ?/, ''));
  // A condition may hold brackets itself.
  const type = /^\[!([A-Za-z]+)\]\s*(.*)$/.exec(lines[0]!) ?? /^\[!(WHEN)\s+(.+)\]\s*$/i.exec(lines[0]!);
  if (!type) return undefined;
  const name = type[1]!.toUpperCase();
  if (!(ALERTS as readonly string[]).includes(name)) {
    const col = source.lines[at.line - 1]!.indexOf('[!') + 3;
    findings.error(
      'alert.type',
      {line: at.line, col},
      {came: type[1]!, known: ALERTS.join(', '), nearest: nearest(name, ALERTS) ?? ''},
    );
    return 'bad';
  }
  const open = source.lines[at.line - 1]!;
  const conditional = name === 'WHEN' && !lines[0]!.startsWith(`[!${type[1]!}]`);
  const expr = conditional ? type[2]!.trim() : '';
  const when = conditional && {expr, at: {line: at.line, col: open.indexOf(expr, open.indexOf('[!') + 6) + 1}};
  const text = [...(conditional ? [] : [type[2]!]), ...lines.slice(1)].join('\n').trim();
  if (text === '') {
    findings.error('alert.empty', at, {type: name});
    return 'bad';
  }
  return {kind: 'alert', type: name as AlertType, text, at, ...(when && {when})};
}

/** Fences that do something must stand at the left margin: inside a list or a quote their columns would lie. */
function reportNested(node: RootContent, findings: Findings): void {
  if (!('children' in node)) return;
  for (const inner of node.children as RootContent[]) {
    if (inner.type === 'code' && isAction(`${inner.lang ?? ''} ${inner.meta ?? ''}`))
      findings.error('fence.nested', startOf(inner));
    else reportNested(inner, findings);
  }
}

class Reader {
  readonly doc: RawDoc;
  private readonly findings: Findings;
  private items: Item[];
  private step: RawStep | undefined;
  private awaitsAnchor = false;

  constructor(source: Source, findings: Findings) {
    this.doc = {source, intro: [], steps: []};
    this.items = this.doc.intro;
    this.findings = findings;
  }

  read(root: Root): RawDoc {
    const first = root.children[0];
    if (first?.type === 'yaml') this.doc.front = parseYaml(first.value, {line: 2, col: 1}, this.findings);
    else {
      // Without it, its own lines would be taken for text and headings.
      this.findings.error('front.missing', {line: 1, col: 1});
      return this.doc;
    }
    for (const node of root.children) if (node.type !== 'yaml') this.node(node);
    this.requireAnchor();
    return this.doc;
  }

  private node(node: RootContent): void {
    const {source} = this.doc;
    if (node.type === 'heading' && node.depth <= 2) {
      this.heading(node);
      return;
    }
    let rest = {text: sliceOf(node, source), at: startOf(node)};
    if (this.awaitsAnchor) {
      rest = this.anchor(rest);
      if (rest.text === '') return;
    }
    if (node.type === 'code' && isAction(`${node.lang ?? ''} ${node.meta ?? ''}`)) {
      const fence = readFence(node, source, this.findings);
      if (fence) this.items.push({kind: 'fence', fence, at: rest.at});
      return;
    }
    reportNested(node, this.findings);
    if (node.type === 'blockquote') {
      const alert = readAlert(node, source, this.findings);
      if (alert && alert !== 'bad') this.items.push(alert);
      if (alert) return;
    }
    // A comment is for other authors.
    if (node.type === 'html' && node.value.startsWith('<!--')) return;
    const above = this.items.at(-1);
    if (above?.kind === 'prose') above.parts.push(rest);
    else this.items.push({kind: 'prose', parts: [rest], at: rest.at});
  }

  private heading(node: Heading): void {
    this.requireAnchor();
    const at = startOf(node);
    if (!this.doc.source.lines[at.line - 1]!.trimStart().startsWith('#')) {
      this.findings.error('heading.underlined', {line: node.position!.end.line, col: 1});
      return;
    }
    const title = sliceOf(node, this.doc.source)
      .replace(/^#+\s*/, '')
      .replace(/\s+#*\s*$/, '')
      .trim();
    if (node.depth === 1) {
      this.findings.error('heading.first-level', at, {title});
      return;
    }
    if (title === '') this.findings.error('heading.empty', at);
    this.step = {id: '', idAt: at, title, at, items: []};
    this.doc.steps.push(this.step);
    this.items = this.step.items;
    this.awaitsAnchor = true;
  }

  /** Takes the anchor off the first text below a heading; what is left of that text is prose. */
  private anchor(text: {text: string; at: Place}): {text: string; at: Place} {
    const step = this.step!;
    const [first, ...others] = text.text.split('\n');
    const found = ANCHOR.exec(first!);
    if (!found) {
      this.requireAnchor();
      return text;
    }
    this.awaitsAnchor = false;
    step.id = found[1]!;
    step.idAt = {line: text.at.line, col: text.at.col + '<a id="'.length};
    if (!ID.test(step.id)) this.findings.error('id.form', step.idAt, {came: step.id});
    return {text: others.join('\n'), at: {line: text.at.line + 1, col: 1}};
  }

  private requireAnchor(): void {
    if (this.awaitsAnchor) this.findings.error('step.no-anchor', this.step!.at, {title: this.step!.title});
    this.awaitsAnchor = false;
  }
}

/** Splits a lab file into front matter, steps and items; problems of form go to `findings`, and reading goes on. */
export function readDocument(source: Source, findings: Findings): RawDoc {
  const root = fromMarkdown(source.text, {
    extensions: [frontmatter(['yaml']), gfm()],
    mdastExtensions: [frontmatterFromMarkdown(['yaml']), gfmFromMarkdown()],
  });
  return new Reader(source, findings).read(root);
}
