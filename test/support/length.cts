/**
 * `npm test` runs a short version of what takes long; `npm run test:long` runs all of it, with the
 * same assertions. It runs the suites that import this file or `quickTime.cts`.
 */
export const isLong = process.env.TEST_LENGTH === 'long';

/** How much of something a suite does. */
export const byLength = <T,>(short: T, long: T): T => (isLong ? long : short);
