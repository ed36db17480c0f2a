/** People who work in COC's console; never in the name of an item. */
export const HANDLER = '11111111111111111111111111111111';
export const RIVAL = '22222222222222222222222222222222';
export const SOMEBODY = '33333333333333333333333333333333';
/** Approves what a tenant wants to have approved. */
export const BOSS = '44444444444444444444444444444444';
