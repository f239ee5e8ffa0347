import type { CreateMetaFieldDto, UpdateMetaFieldDto } from './dto/meta-field.dto.js';
import type { CreateMetaModelDto, UpdateMetaModelDto } from './dto/meta-model.dto.js';

/**
 * One change of a model or field, as data: what `plan` and `apply` take. Models go by id or `app.Model`, fields by id
 * or `app.Model.field`.
 *
 * @example
 * const change: MetaChange = { action: 'create_field', model: 'shop.Product', values: { name: 'price', type: 'decimal' } };
 */
export type MetaChange =
  | { readonly action: 'create_model'; readonly values: CreateMetaModelDto }
  | { readonly action: 'update_model'; readonly model: string; readonly values: UpdateMetaModelDto }
  | { readonly action: 'delete_model'; readonly model: string }
  | { readonly action: 'create_field'; readonly model: string; readonly values: CreateMetaFieldDto }
  | { readonly action: 'update_field'; readonly field: string; readonly values: UpdateMetaFieldDto }
  | { readonly action: 'delete_field'; readonly field: string };

/** What a change does. */
export type MetaAction = MetaChange['action'];
/** The change with this action. */
export type ChangeOf<A extends MetaAction> = Extract<MetaChange, { readonly action: A }>;
