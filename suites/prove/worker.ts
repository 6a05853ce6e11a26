import { startUserService } from '../../fixtures/user-service/start.ts';
import { shippedLaboratory, tryByName } from './laboratory.ts';
import type { Order, Report } from './worker-process.ts';

/** Many answers of a defective server begin as errors; of one of the harness's own, the place where it was made is enough. */
Error.stackTraceLimit = 1;

/** Tries subjects as the process that forked this one asks, until that lets go. */
const service = await startUserService({ prefer: 'embedded', count: 20 });
const laboratory = shippedLaboratory(service.url);

const say = (report: Report) => process.send?.(report);

process.on('message', ({ at, trial }: Order) => {
  tryByName(trial, laboratory).then(
    (result) => say({ at, result }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
say('ready');
