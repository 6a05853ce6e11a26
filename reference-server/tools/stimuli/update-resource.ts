import { changesNothing, defineTool, done } from '../tool.ts';

/** Updates a resource: a stimulus for whoever tests subscriptions. */
export const assayUpdateResource = defineTool({
  name: 'assay_update_resource',
  title: 'Update a resource',
  description:
    'Updates the resource assay://counter "times" times; who has subscribed to it hears of each. Changes ' +
    'nothing else.',
  hints: { ...changesNothing, readOnlyHint: false, idempotentHint: false },
  properties: {
    times: { type: 'integer', minimum: 1, maximum: 100, default: 1, description: 'How often to update it.' },
  },
  async run({ times = 1 }, { audience }) {
    for (let count = 0; count < Number(times); count += 1) audience.update('assay://counter');
    return done(`assay://counter is now ${audience.updatesOf('assay://counter')}.`);
  },
});
