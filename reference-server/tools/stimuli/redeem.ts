import { form } from '../../client/questions.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Does once what the user has agreed to: a stimulus for whoever tests that a state does not serve twice. */
export const assayRedeem = defineTool({
  name: 'assay_redeem',
  title: 'Redeem a voucher',
  description:
    'Asks the user whether to redeem a voucher that does not exist, and redeems it, each no more than once. Needs a client ' +
    'that can show forms. Changes nothing.',
  hints: { ...changesNothing, idempotentHint: false },
  properties: {},
  async run(_args, { ask }) {
    const question = form('Shall the voucher be redeemed?', { agreed: { type: 'boolean' } }, ['agreed']);
    const { voucher } = await ask({ voucher: question }, { once: true });
    return done(voucher.action === 'accept' ? 'The voucher is redeemed.' : 'The voucher stays as it is.');
  },
});
