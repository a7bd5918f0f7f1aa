import { dateSamples } from './date-samples.ts';

/** Run by time-zone.test.ts under other zones; the first line proves that the zone took effect. */
console.log(new Date(2020, 0, 1).getTimezoneOffset());
console.log(dateSamples());
