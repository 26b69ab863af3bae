import { describePageTypes } from './page-types-suite.js'

describePageTypes('nozomi')
