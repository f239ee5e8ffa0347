import type { AccessPolicy, AccessQuestion, Decision } from '@dynamo/nest';
import type { Customer } from './shop.entities.js';

/** The merchant may do everything; everybody looks, and customers write what points to a customer, in their own name. */
export class ShopAccess implements AccessPolicy<Customer> {
  decide({ user, action, definition }: AccessQuestion<Customer>): Decision {
    if (user?.isMerchant) return true;
    if (user === null || action === 'view') return action === 'view';
    const owner = definition?.fields.find(({ relatedEntity }) => relatedEntity === 'Customer');
    return owner !== undefined && { where: { [owner.name]: { $eq: user.id } } };
  }
}
