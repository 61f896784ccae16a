/** One question as an assessmentItem of QTI 2.1 (IMS Global, "Assessment Test, Section and Item Information Model"). */
import {richBlock, richInline} from './markdown.ts';
import type {Card, CardAnswer} from './types.ts';
import {shuffled, withWarning} from './wording.ts';
import {element, XML_HEAD, xml} from './xml.ts';

export const QTI = 'http://www.imsglobal.org/xsd/imsqti_v2p1';
const SCHEMA = `${QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd`;

/** Within QTI's integer; what is larger goes as text. */
const INT_MAX = 2n ** 31n - 1n;

const value = (text: string) => element('value', {}, xml(text));
const identifier = (i: number) => `C${i + 1}`;

interface Parts {
  declaration: string;
  interaction: string;
  /** Sets SCORE. */
  scoring: string;
  /** Sets FEEDBACK where choices have reasons. */
  feedback: 'single' | 'multiple' | undefined;
}

function declaration(cardinality: string, baseType: string, right: string[], mapping = ''): string {
  const correct = right.length > 0 ? element('correctResponse', {}, right.map(value).join('')) : '';
  return element('responseDeclaration', {identifier: 'RESPONSE', cardinality, baseType}, correct + mapping);
}

const SET = (of: string, expression: string) => element('setOutcomeValue', {identifier: of}, expression);
const RESPONSE = element('variable', {identifier: 'RESPONSE'});
const EXACT = element(
  'responseCondition',
  {},
  element(
    'responseIf',
    {},
    element('match', {}, RESPONSE + element('correct', {identifier: 'RESPONSE'})) +
      SET('SCORE', element('baseValue', {baseType: 'float'}, '1')),
  ),
);
const MAPPED = SET('SCORE', element('mapResponse', {identifier: 'RESPONSE'}));

function entry(baseType: string, right: string, expectedLength: number): Parts {
  const line = element('textEntryInteraction', {responseIdentifier: 'RESPONSE', expectedLength});
  return {
    declaration: declaration('single', baseType, [right]),
    interaction: element('p', {}, line),
    scoring: EXACT,
    feedback: undefined,
  };
}

function choices(answer: Extract<CardAnswer, {choices: unknown}>): Parts {
  const several = answer.type === 'multiple';
  const right = answer.choices.flatMap((choice, i) => (choice.right ? [identifier(i)] : []));
  const wrong = answer.choices.length - right.length;
  const entries = answer.choices.map((choice, i) =>
    element('mapEntry', {mapKey: identifier(i), mappedValue: choice.right ? 1 / right.length : -1 / wrong}),
  );
  const bounds = {lowerBound: 0, upperBound: 1, defaultValue: 0};
  const mapping = several ? element('mapping', bounds, entries.join('')) : '';
  const simple = answer.choices.map((choice, i) =>
    element('simpleChoice', {identifier: identifier(i)}, richInline(choice.text)),
  );
  const interaction = {responseIdentifier: 'RESPONSE', shuffle: 'true', maxChoices: several ? 0 : 1};
  return {
    declaration: declaration(several ? 'multiple' : 'single', 'identifier', right, mapping),
    interaction: element('choiceInteraction', interaction, simple.join('')),
    scoring: several ? MAPPED : EXACT,
    feedback: answer.choices.some(({because}) => because !== '') ? answer.type : undefined,
  };
}

function partsOf(answer: CardAnswer): Parts {
  switch (answer.type) {
    case 'single':
    case 'multiple':
      return choices(answer);
    case 'number': {
      const small = answer.value <= INT_MAX && answer.value >= -INT_MAX;
      return entry(small ? 'integer' : 'string', String(answer.value), 20);
    }
    case 'text':
      return entry('string', answer.value, Math.max(20, answer.value.length));
    case 'order': {
      // The order that is right is in the key only: not in the file's order, which a player may show as it is.
      const shown = shuffled(answer.items.map((text, i) => ({text, id: identifier(i)})));
      const simple = shown.map(({text, id}) => element('simpleChoice', {identifier: id}, richInline(text)));
      return {
        declaration: declaration(
          'ordered',
          'identifier',
          answer.items.map((_, i) => identifier(i)),
        ),
        interaction: element('orderInteraction', {responseIdentifier: 'RESPONSE', shuffle: 'true'}, simple.join('')),
        scoring: EXACT,
        feedback: undefined,
      };
    }
    case 'essay': {
      const rubric = answer.solution === '' ? '' : element('rubricBlock', {view: 'scorer'}, richBlock(answer.solution));
      return {
        declaration: declaration('single', 'string', []),
        interaction: rubric + element('extendedTextInteraction', {responseIdentifier: 'RESPONSE', expectedLines: 10}),
        scoring: '',
        feedback: undefined,
      };
    }
  }
}

function outcome(
  id: string,
  cardinality: string,
  baseType: string,
  byDefault?: string,
  normalMaximum?: number,
): string {
  const content = byDefault === undefined ? '' : element('defaultValue', {}, value(byDefault));
  return element('outcomeDeclaration', {identifier: id, cardinality, baseType, normalMaximum}, content);
}

function modal(of: string, id: string, markdown: string): string {
  return element('modalFeedback', {outcomeIdentifier: of, identifier: id, showHide: 'show'}, richBlock(markdown));
}

/** The item's XML. @param id 'q1': unique in its package */
export function toQtiItem(card: Card, id: string): string {
  const {answer, because, lang} = card;
  const parts = partsOf(answer);
  const reasons =
    'choices' in answer && parts.feedback
      ? answer.choices.map(({because: why}, i) => (why === '' ? '' : modal('FEEDBACK', identifier(i), why))).join('')
      : '';
  const processing =
    parts.scoring +
    (parts.feedback ? SET('FEEDBACK', RESPONSE) : '') +
    (because === '' ? '' : SET('SOLUTION', element('baseValue', {baseType: 'identifier'}, 'SHOWN')));
  return `${XML_HEAD}${element(
    'assessmentItem',
    {
      xmlns: QTI,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': SCHEMA,
      identifier: id,
      title: card.id,
      'xml:lang': lang,
      adaptive: 'false',
      timeDependent: 'false',
      toolName: 'Glassbox',
    },
    parts.declaration +
      outcome('SCORE', 'single', 'float', '0', 1) +
      (parts.feedback ? outcome('FEEDBACK', parts.feedback, 'identifier') : '') +
      (because === '' ? '' : outcome('SOLUTION', 'single', 'identifier')) +
      element('itemBody', {}, richBlock(withWarning(card)) + parts.interaction) +
      (processing === '' ? '' : element('responseProcessing', {}, processing)) +
      reasons +
      (because === '' ? '' : modal('SOLUTION', 'SHOWN', because)),
  )}\n`;
}
