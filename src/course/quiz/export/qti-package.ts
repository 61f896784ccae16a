/** A content package of QTI 2.1: imsmanifest.xml (IMS Content Packaging 1.1), one test, one file per question. */
import {quizExportWords} from '../../words/quiz-export.ts';
import {render} from '../../words/say.ts';
import {QTI, toQtiItem} from './qti.ts';
import type {Card} from './types.ts';
import {element, XML_HEAD} from './xml.ts';
import {zip} from './zip.ts';

const PACKAGE = 'http://www.imsglobal.org/xsd/imscp_v1p1';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

function sections(cards: readonly Card[]): string {
  const labs = [...new Set(cards.map(card => card.number))];
  return labs
    .map((number, s) => {
      const refs = cards.flatMap((card, i) =>
        card.number === number
          ? [element('assessmentItemRef', {identifier: `q${i + 1}`, href: `items/q${i + 1}.xml`})]
          : [],
      );
      const lab = cards.find(card => card.number === number)?.lab ?? '';
      return element(
        'assessmentSection',
        {identifier: `s${s + 1}`, title: `${number} ${lab}`, visible: 'true'},
        refs.join(''),
      );
    })
    .join('');
}

function test(cards: readonly Card[], title: string): string {
  const part = {identifier: 'part', navigationMode: 'nonlinear', submissionMode: 'individual'};
  const total = element(
    'setOutcomeValue',
    {identifier: 'SCORE'},
    element('sum', {}, element('testVariables', {variableIdentifier: 'SCORE'})),
  );
  return `${XML_HEAD}${element(
    'assessmentTest',
    {
      xmlns: QTI,
      'xmlns:xsi': XSI,
      'xsi:schemaLocation': `${QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd`,
      identifier: 'test',
      title,
      toolName: 'Glassbox',
    },
    element(
      'outcomeDeclaration',
      {identifier: 'SCORE', cardinality: 'single', baseType: 'float'},
      '<defaultValue><value>0</value></defaultValue>',
    ) +
      element('testPart', part, sections(cards)) +
      element('outcomeProcessing', {}, total),
  )}\n`;
}

function manifest(cards: readonly Card[]): string {
  const item = (id: string, href: string, type: string, needs: string[]) =>
    element(
      'resource',
      {identifier: id, type, href},
      element('file', {href}) + needs.map(one => element('dependency', {identifierref: one})).join(''),
    );
  const ids = cards.map((_, i) => `q${i + 1}`);
  return `${XML_HEAD}${element(
    'manifest',
    {
      xmlns: PACKAGE,
      'xmlns:xsi': XSI,
      'xsi:schemaLocation': `${PACKAGE} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd`,
      identifier: 'glassbox',
    },
    element('metadata', {}, element('schema', {}, 'QTIv2.1 Package') + element('schemaversion', {}, '1.0.0')) +
      element('organizations', {}) +
      element(
        'resources',
        {},
        item('test', 'test.xml', 'imsqti_test_xmlv2p1', ids) +
          ids.map(id => item(id, `items/${id}.xml`, 'imsqti_item_xmlv2p1', [])).join(''),
      ),
  )}\n`;
}

/** The files of the package by name, the manifest first. */
export function qtiFiles(cards: readonly Card[]): [name: string, text: string][] {
  const title = render(quizExportWords, cards[0]?.lang ?? 'en', 'export.title');
  return [
    ['imsmanifest.xml', manifest(cards)],
    ['test.xml', test(cards, title)],
    ...cards.map((card, i): [string, string] => [`items/q${i + 1}.xml`, toQtiItem(card, `q${i + 1}`)]),
  ];
}

export function toQti(cards: readonly Card[]): Uint8Array {
  return zip(qtiFiles(cards));
}
