/** State of a navigation that stays on the page, because only its address is another: nobody is asked before. */
export const FOLLOWS_RENAME = 'follows-rename';
