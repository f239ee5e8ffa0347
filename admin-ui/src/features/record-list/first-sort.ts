/** As records were made, until somebody sorts them otherwise. */
export const FIRST_SORT = { field: 'id', order: 'ASC' } as const;
