import { startUserService } from '../../fixtures/user-service/start.ts';
import { shippedLaboratory, tryByName } from './laboratory.ts';
import type { Trial } from './trial.ts';

/** Tries one subject after the other, as the process that forked this one asks, until that lets go. */
const service = await startUserService({ prefer: 'embedded', count: 20 });
const laboratory = shippedLaboratory(service.url);

process.on('message', (trial: Trial) => {
  tryByName(trial, laboratory).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
