/** A property that is some JSON object. For the OpenAPI document, where `type: Object` would be one without properties. */
export const JSON_OBJECT = { type: 'object', additionalProperties: true } as const;

/** A property that is any JSON value. Written so, because a property without a schema gets that of an object. */
export const ANY_JSON = { oneOf: [{}] };
