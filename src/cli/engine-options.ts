import type { Engine } from '../inspection/engines/engine.ts';
import { text } from '../shared/language.ts';
import type { Io } from './io.ts';
import { choice, value } from './options.ts';

/** Options that have other programs judge the files, too. */
export const engineOptions = {
  pdfa: choice(
    ['verapdf'],
    text({
      de: 'PDF/A-Dateien mit veraPDF vollständig prüfen (Startskript auf dem Pfad oder in SCANLOT_VERAPDF); sonst nur auf offensichtliche Widersprüche',
      en: 'check PDF/A files completely by veraPDF (start script on the path or in SCANLOT_VERAPDF); otherwise only for plain contradictions',
    }),
  ),
  virusScan: value(
    'SOCKET',
    text({
      de: 'alle Dateien vom Virenscanner ClamAV prüfen lassen: Socket des clamd oder Host:Port',
      en: 'have the virus scanner ClamAV look at all files: socket of clamd, or host:port',
    }),
  ),
} as const;

/** Starts the engines that were asked for. @throws UsageError when one is not there */
export async function createEngines(
  { pdfa, virusScan }: { readonly pdfa: 'verapdf' | undefined; readonly virusScan: string | undefined },
  env: Io['env'],
): Promise<Engine[]> {
  const engines: Engine[] = [];
  if (virusScan !== undefined) {
    const { createClamav } = await import('../inspection/engines/clamav.ts');
    engines.push(await createClamav(virusScan));
  }
  if (pdfa === 'verapdf') {
    const { createVerapdf } = await import('../inspection/engines/verapdf.ts');
    engines.push(await createVerapdf(env.SCANLOT_VERAPDF || undefined));
  }
  return engines;
}
