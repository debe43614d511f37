export { accuracy, confusion } from './accuracy.js';
