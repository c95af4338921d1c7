import assert from 'node:assert/strict';
import { plantCanary } from '../../sim/canaries/plant.ts';
import { CANARIES } from './list.ts';

const canary = CANARIES.find(({ name }) => name === process.env['CANARY']);
assert(canary !== undefined, `no canary is called ${process.env['CANARY']}`);
const checkPlanted = plantCanary(canary);
await import('../venue/venue-process.ts');
checkPlanted();
