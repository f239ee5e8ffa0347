import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { humanize } from '../definition/identifiers.js';
import type { InverseRelation } from '../definition/inverse-relation.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { JsonSchema } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { isSingle } from '../records/inverse-schema.js';
import { RecordSchema } from '../records/record-schema.js';
import type { InterfaceNames } from './interface-names.js';
import { interfaceText, type Member } from './interface-text.js';
import { literalText, schemaMembers } from './schema-text.js';
import { entityTypes, shownTypes } from './value-types.js';

/** What the declarations of one model need to know of the others. */
export interface Surroundings {
  readonly types: FieldTypeRegistry;
  readonly names: ReadonlyMap<string, InterfaceNames>;
  readonly inverses: readonly InverseRelation[];
}

const MUTABLE = { isOptional: false, isReadonly: false } as const;

const isLabelled = ({ choices }: FieldDefinition): boolean =>
  choices.some(({ value, label }) => label !== String(value));

const fieldComment = (field: FieldDefinition): readonly string[] => [
  field.verboseName === humanize(field.name) ? '' : field.verboseName,
  field.help,
  isLabelled(field)
    ? `Choices: ${field.choices.map(({ value, label }) => `${literalText(value)} ${label}`).join(', ')}.`
    : '',
];

const inverseComment = ({ model, field }: InverseRelation): readonly string[] => [
  `Records of ${qualifiedName(model)} with this as ${field.name}.`,
];

/** Writes the interfaces of one model. */
export class ModelText {
  private readonly schema: RecordSchema;
  private readonly comments: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly model: ModelDefinition,
    private readonly surroundings: Surroundings,
  ) {
    const { types, inverses } = surroundings;
    this.schema = new RecordSchema(model, types, inverses);
    this.comments = new Map([
      ...model.fields.map((field) => [field.name, fieldComment(field)] as const),
      ...inverses.map((inverse) => [inverse.name, inverseComment(inverse)] as const),
    ]);
  }

  interfaces({ entity, record, input, patch }: InterfaceNames): readonly string[] {
    const { model } = this;
    const name = qualifiedName(model);
    const label = model.verboseName === humanize(model.name) ? name : `${model.verboseName} (${name})`;
    return [
      interfaceText(entity, [`${label} in a repository; relations are there when they were loaded.`], this.entity()),
      interfaceText(record, [`${label} as the API shows it; relations are ids.`], this.record()),
      interfaceText(input, [`What creates a ${name} through the API.`], this.body(this.schema.create)),
      interfaceText(patch, [`What changes a ${name} through the API.`], this.body(this.schema.patch)),
    ];
  }

  private entity(): readonly Member[] {
    const { inverses } = this.surroundings;
    const id = schemaMembers(primaryKeyOf(this.model.primaryKey).key.outputSchema);
    return [
      { name: 'id', types: id, comment: [], ...MUTABLE },
      ...this.model.fields.map((field) => this.column(field)),
      ...inverses.map((inverse) => this.inverse(inverse)),
    ];
  }

  private column(field: FieldDefinition): Member {
    const type = this.surroundings.types.get(field.type);
    const relation = type.relation?.(field);
    const nothing = field.required || type.identity ? [] : ['null'];
    const member = { ...MUTABLE, name: field.name, comment: this.comment(field.name) };
    if (relation === undefined) return { ...member, types: [...entityTypes(type, field), ...nothing] };
    const related =
      field.relatedEntity === null
        ? this.entityName(field.relatedModelId)
        : `import('@dynamo/nest').DynamoEntity<${literalText(field.relatedEntity)}>`;
    return {
      ...member,
      isOptional: true,
      types: relation.kind === 'to_many' ? [`${related}[]`] : [related, ...nothing],
    };
  }

  private inverse(inverse: InverseRelation): Member {
    const related = this.entityName(inverse.model.id);
    const types = isSingle(inverse, this.surroundings.types) ? [related, 'null'] : [`${related}[]`];
    return { ...MUTABLE, name: inverse.name, types, isOptional: true, comment: this.comment(inverse.name) };
  }

  private record(): readonly Member[] {
    const fields = new Map(this.model.fields.map((field) => [field.name, field]));
    return Object.entries(this.schema.output['properties'] as { readonly [name: string]: JsonSchema }).map(
      ([name, schema]): Member => {
        const field = fields.get(name);
        const types = schemaMembers(schema);
        const member = { name, isOptional: false, isReadonly: true, comment: this.comment(name) };
        if (field === undefined || field.choices.length === 0) return { ...member, types };
        const nothing = types.includes('null') ? ['null'] : [];
        return { ...member, types: [...shownTypes(this.surroundings.types.get(field.type), field), ...nothing] };
      },
    );
  }

  private body(schema: JsonSchema): readonly Member[] {
    const required = (schema['required'] ?? []) as readonly Json[];
    return Object.entries(schema['properties'] as { readonly [name: string]: JsonSchema }).map(
      ([name, property]): Member => ({
        name,
        types: schemaMembers(property),
        isOptional: !required.includes(name),
        isReadonly: false,
        comment: this.comment(name),
      }),
    );
  }

  private comment(name: string): readonly string[] {
    return this.comments.get(name) ?? [];
  }

  private entityName(id: string | null): string {
    return this.surroundings.names.get(String(id))?.entity ?? 'object';
  }
}
