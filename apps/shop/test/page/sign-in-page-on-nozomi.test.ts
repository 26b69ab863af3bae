import { describeSignInPage } from './sign-in-page-suite.js'

describeSignInPage('nozomi')
