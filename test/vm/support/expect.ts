/** A lab's report out of a guest as a test's result: passed, failed with what the report says, or, without guests, not run and why. */
import {expect, type TestContext} from 'vitest';
import {NoGuest} from '../../../scripts/vm/needs.ts';
import {reportLines} from '../../../src/course/index.ts';
import type {Pass} from './pass.ts';

/** @param number of the lab, such as "07" */
export async function expectPassed(
  {skip}: Pick<TestContext, 'skip'>,
  pass: Pass,
  section: string,
  number: string,
): Promise<void> {
  const report = await pass.report(section, number);
  const end = report ? undefined : await pass.end;
  if (end instanceof NoGuest) return skip(end.message);
  if (!report) throw new Error(`lab ${number}: no report; ${await pass.lastWords()}`);
  // These kernels can run every lab: what is not run there has found a need that it should not have.
  const text = reportLines(report, 'en').join('\n');
  expect(report.outcome, text).toBe('passed');
}
