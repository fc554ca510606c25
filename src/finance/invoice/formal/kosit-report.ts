import { elementAt, elementsAt, textAt } from '../../../shared/xml/element.ts';
import { readXmlTree, type XmlElement, XmlError } from '../../../shared/xml/read-tree.ts';
import { type FormalMessage, type FormalOpinion, messageOf, mostMessages } from './opinion.ts';

/**
 * Reads the report of the KoSIT validator (VARL 1): accepted or rejected, and the messages of its steps.
 * @returns undefined when it is no such report
 */
export function readKositReport(xml: string): FormalOpinion | undefined {
  const root = attempt(xml);
  if (root?.name !== 'report') return undefined;
  const assessment = elementAt(root, 'assessment');
  const [isAccepted, isRejected] = [
    elementAt(assessment, 'accept') !== undefined,
    elementAt(assessment, 'reject') !== undefined,
  ];
  if (isAccepted === isRejected) return { valid: null, reason: 'no assessment', messages: [] };
  const scenario = elementAt(root, 'scenarioMatched');
  const reason = scenario ? '' : 'no scenario matched';
  // A document that no scenario knows was not held against any rule, whatever the recommendation.
  if (!scenario) return { valid: null, reason, messages: [] };
  const messages = elementsAt(scenario, 'validationStepResult').flatMap((step) =>
    elementsAt(step, 'message').map(messageIn),
  );
  return { valid: isAccepted, reason: textAt(root, 'engine/name') ?? '', messages: messages.slice(0, mostMessages) };
}

function messageIn({ attributes, text }: XmlElement): FormalMessage {
  const { level = 'error', code = '', id = '', xpathLocation, lineNumber } = attributes;
  return messageOf(level, code || id, xpathLocation ?? (lineNumber === undefined ? '' : `line ${lineNumber}`), text);
}

function attempt(xml: string): XmlElement | undefined {
  // Programs print lines of their own around the report.
  const start = xml.search(/<(\?xml|[\w-]*:?report[\s>])/);
  const end = xml.lastIndexOf('>');
  if (start < 0 || end < start) return undefined;
  try {
    return readXmlTree(Buffer.from(xml.slice(start, end + 1).replace(/^<\?xml[^>]*>/, '')));
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}
