import { ConflictException, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DynamoModels, SignalEmitter } from '@dynamo/nest';
import { Customer } from './shop.entities.js';

/** What the code of the shop relies on. Every other attribute of a product is the merchant's. */
const OWN_FIELDS = [
  { name: 'name', type: 'char', required: true, unique: true },
  { name: 'price', type: 'money', required: true },
  { name: 'stock', type: 'positive_integer', required: true, default: 0 },
];

/** Sees to it that there are products, with all that the shop cannot do without. */
@Injectable()
export class CatalogueService implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly models: DynamoModels,
    private readonly signals: SignalEmitter,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const signal of ['pre_field_update', 'pre_field_delete'] as const) {
      this.signals.connect(signal, ({ oldField, model }) => {
        if (model.name !== 'Product' || !OWN_FIELDS.some(({ name }) => name === oldField.name)) return;
        throw new ConflictException(`The shop needs "${oldField.name}" as it is.`);
      });
    }
    const { total } = await this.models.list({ app: 'shop', name: 'Product' });
    if (total > 0) return;
    await this.models.create({ name: 'Product', fields: OWN_FIELDS });
    await this.dataSource.getRepository(Customer).save([{ token: 'merchant', isMerchant: true }, { token: 'carl' }]);
  }
}
