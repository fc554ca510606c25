import type { Holding } from '../holdings/holding.ts';
import { addMonths } from '../shared/dates.ts';
import { type Text, text } from '../shared/language.ts';
import type { Gate } from './config.ts';
import { type Ceiling, type PlanFrame, type PlanLot, periodOf } from './frame.ts';
import type { GateHit } from './plan.ts';

/** Every gate that keeps the holding out, the weightiest first; none when it may be planned. */
export function gatesOf(holding: Holding, frame: PlanFrame): GateHit[] {
  const lot = holding.lot === null ? undefined : frame.lots.get(holding.lot);
  return [
    originalGate(holding, frame),
    retentionGate(holding, frame),
    offerGate(holding),
    dmsGate(holding, frame),
    ...(lot ? lotGates(holding, lot) : [noLot(holding)]),
  ].flatMap((hit) => hit ?? []);
}

function originalGate(holding: Holding, { config }: PlanFrame): GateHit | undefined {
  if (!holding.originalMustStay || !config.excludeOriginals) return undefined;
  return hit(
    'original-must-stay',
    text({
      de: 'Das Papier muss ohnehin aufbewahrt werden.',
      en: 'The paper has to be kept anyway.',
    }),
    text({
      de: 'Nur bei hoher Nutzung digitalisieren: „planning“: { „excludeOriginals“: false }, oder einzelne Akten bei Bedarf scannen lassen.',
      en: 'Digitise only when much used: "planning": { "excludeOriginals": false }, or have single files scanned on demand.',
    }),
  );
}

function retentionGate(holding: Holding, { year, config }: PlanFrame): GateHit | undefined {
  const until = holding.retentionUntil;
  const limit = addMonths(periodOf(year).last, 12 * config.retentionYears);
  if (until === null || until > limit) return undefined;
  const offered = holding.archiveOffer === 'done';
  return hit(
    'retention-nearly-over',
    text({
      de: (format) =>
        `Die Aufbewahrungsfrist endet am ${format.date(until)}; eingeplant wird nur, was über den ${format.date(limit)} hinaus aufzubewahren ist.`,
      en: (format) =>
        `The retention period ends on ${format.date(until)}; only what must be kept beyond ${format.date(limit)} is planned.`,
    }),
    offered
      ? text({
          de: 'Papier bis zum Fristende behalten, dann nach der Entscheidung des Archivs verfahren.',
          en: 'Keep the paper until the period ends, then follow the decision of the archive.',
        })
      : text({
          de: 'Erst dem Archiv anbieten: der Ablauf der Frist allein erlaubt keine Vernichtung.',
          en: 'Offer it to the archive first: the end of the period alone permits no destruction.',
        }),
  );
}

function offerGate({ archiveOffer }: Holding): GateHit | undefined {
  if (archiveOffer !== 'open') return undefined;
  return hit(
    'archive-offer-open',
    text({ de: 'Die Anbietung an das Archiv ist offen.', en: 'The offer to the archive is open.' }),
    text({
      de: 'Entscheidung des Archivs abwarten und die Bestandsliste neu einlesen.',
      en: 'Wait for the decision of the archive and import the list of holdings again.',
    }),
  );
}

function dmsGate({ dmsGoLive, department }: Holding, { year, config }: PlanFrame): GateHit | undefined {
  if (!config.requireDms || (dmsGoLive !== null && dmsGoLive <= periodOf(year).last)) return undefined;
  return hit(
    'dms-not-live',
    dmsGoLive === null
      ? text({
          de: `${department}: Es ist kein Termin der DMS-Einführung genannt.`,
          en: `${department}: no date of DMS go-live is given.`,
        })
      : text({
          de: (format) => `${department}: Das DMS wird erst am ${format.date(dmsGoLive)} eingeführt.`,
          en: (format) => `${department}: the DMS goes live only on ${format.date(dmsGoLive)}.`,
        }),
    text({
      de: 'Den Termin klären; ohne DMS sind die Scans nicht nutzbar.',
      en: 'Settle the date; without the DMS the scans cannot be used.',
    }),
  );
}

function noLot({ lot }: Holding): GateHit {
  return hit(
    'no-lot',
    lot === null
      ? text({ de: 'Der Bestand ist keinem Los zugeordnet.', en: 'The holding belongs to no lot.' })
      : text({ de: `Das Los ${lot} gibt es nicht mehr.`, en: `Lot ${lot} exists no more.` }),
    text({
      de: 'Das Los in der Bestandsliste eintragen, oder den Vertrag ergänzen.',
      en: 'Enter the lot in the list of holdings, or amend the contract.',
    }),
  );
}

function lotGates(holding: Holding, lot: PlanLot): (GateHit | undefined)[] {
  return [closedGate(lot), quantityGate(holding, lot), ceilingGate(lot.ceilings)];
}

function closedGate({ closed }: PlanLot): GateHit | undefined {
  if (!closed) return undefined;
  return hit(
    'no-price',
    closed,
    text({
      de: 'Verlängerung oder Preisanpassung als Vertragsänderung einlesen.',
      en: 'Import an extension or price adjustment as an amendment of the contract.',
    }),
  );
}

function quantityGate(holding: Holding, lot: PlanLot): GateHit | undefined {
  if (!lot.needsFiles || holding.files !== null) return undefined;
  return hit(
    'quantity-unknown',
    text({
      de: `Das Los ${lot.key} rechnet je Akte ab, die Zahl der Akten ist aber nicht bekannt.`,
      en: `Lot ${lot.key} is charged by the file, but the number of files is not known.`,
    }),
    text({
      de: 'Die Zahl der Akten schätzen und in der Bestandsliste eintragen.',
      en: 'Estimate the number of files and enter it in the list of holdings.',
    }),
  );
}

function ceilingGate(ceilings: readonly Ceiling[]): GateHit | undefined {
  const reached = ceilings.find(({ free }) => free <= 0);
  if (!reached) return undefined;
  return hit(
    'maximum-reached',
    text({ de: `${reached.name.de} ist erreicht.`, en: `${reached.name.en} is reached.` }),
    text({
      de: 'Nicht mehr benötigte Abrufe beenden (scanlot order close) oder neu ausschreiben.',
      en: 'End call-offs no longer needed (scanlot order close) or tender anew.',
    }),
  );
}

function hit(gate: Gate, reason: Text, remedy: Text): GateHit {
  return { gate, reason, remedy };
}
