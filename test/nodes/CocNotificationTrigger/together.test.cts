import { together } from '../../support/together.cts';

together(__dirname);
